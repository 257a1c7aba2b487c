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
});
