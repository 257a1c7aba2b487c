import { describe, expect, it } from 'vitest';
import { sampleDefinition } from '../../domain/alert-sample.test-support.ts';
import {
  definitionLines,
  isFilteringDefinitions,
  readDefinitionFilter,
  writeDefinitionFilter,
} from './definition-filter.ts';

const read = (text: string) => readDefinitionFilter(new URLSearchParams(text));
const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
const definitions = [
  sampleDefinition({ id: 'disk', name: 'Disk', slug: 'disk', expr: 'disk_used' }),
  sampleDefinition({
    id: 'oslo',
    name: 'CPU in Oslo',
    scope: { type: 'site', id: 's' },
    scope_name: 'Oslo',
    overrides: 'cpu',
    is_shipped: false,
    enabled: false,
  }),
  sampleDefinition({ id: 'cpu', name: 'CPU', is_changed: true }),
];
const lines = (text: string) =>
  definitionLines(definitions, read(text), byName).map(
    ({ definition, isUnder }) => `${isUnder ? '  ' : ''}${definition.id}`,
  );

describe('the list of definitions', () => {
  it('has each override under the one that it replaces', () => {
    expect(lines('')).toEqual(['cpu', '  oslo', 'disk']);
  });

  it('shows an override alone where the one that it replaces does not match', () => {
    expect(lines('q=oslo')).toEqual(['oslo']);
    expect(lines('state=own')).toEqual(['oslo']);
    expect(lines('state=off')).toEqual(['oslo']);
    expect(lines('state=override')).toEqual(['oslo']);
    expect(lines('state=changed')).toEqual(['cpu']);
    expect(lines('q=disk_used')).toEqual(['disk']);
    expect(lines('kind=interface')).toEqual([]);
  });

  it('has its filter in the URL, without what it does not know', () => {
    const filter = { search: 'cpu', kind: 'metric', state: 'off' } as const;
    expect(readDefinitionFilter(writeDefinitionFilter(new URLSearchParams('sort=name'), filter))).toEqual(
      filter,
    );
    expect(isFilteringDefinitions(read('kind=banana&state=constructor'))).toBe(false);
    const cleared = writeDefinitionFilter(new URLSearchParams('q=a&kind=metric&sort=name'), {
      search: '',
      kind: undefined,
    });
    expect(cleared.toString()).toBe('sort=name');
  });
});
