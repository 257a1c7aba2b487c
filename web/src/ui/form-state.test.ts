import { describe, expect, it } from 'vitest';
import { splitServerErrors } from './form-state.ts';

describe('faults that the server names', () => {
  it('go beside the field with the same path, and the others into the head of the form', () => {
    const { shown, hidden } = splitServerErrors(
      [
        { path: 'secret.community', message: 'is required' },
        { path: 'group_ids.0', message: 'does not exist' },
        { path: '', message: 'Too many nodes' },
      ],
      ['name', 'secret.community'],
    );
    expect(shown).toEqual([{ name: 'secret.community', message: 'Is required' }]);
    expect(hidden).toEqual(['group_ids.0: does not exist', 'Too many nodes']);
  });

  it('of a part of what a field holds stand beside it and name the part, once for each field', () => {
    const { shown, hidden } = splitServerErrors(
      [
        { path: 'config.to.1', message: 'must be an address' },
        { path: 'config.to.2', message: 'must be an address' },
        { path: 'config.headers.Host', message: 'is set by the product itself' },
        { path: 'config.total', message: 'is odd' },
      ],
      ['config.to', 'config', 'config.headers'],
    );
    expect(shown).toEqual([
      { name: 'config.to', message: 'No. 2 must be an address' },
      { name: 'config.headers', message: 'Host is set by the product itself' },
      { name: 'config', message: 'Total is odd' },
    ]);
    expect(hidden).toEqual([]);
  });
});
