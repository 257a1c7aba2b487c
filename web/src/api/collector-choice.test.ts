import { expect, it } from 'vitest';
import { collectorChoices, siteCollectorName } from './collector-choice.ts';

it('names the collector of a site, the server’s own, and one that is gone', () => {
  const components = [{ id: 'a', name: 'col-oslo' }];
  expect(siteCollectorName({ default_collector_id: 'a' }, components)).toBe('col-oslo');
  expect(siteCollectorName({ default_collector_id: null }, components)).toBe("the server's own");
  expect(siteCollectorName({ default_collector_id: 'b' }, components)).toBe('one that is gone');
});

it('offers approved collectors, with a word on those that are away, and keeps the one that is chosen', () => {
  const collector = { component_type: 'collector', approval: 'approved', connection: 'online' } as const;
  const components = [
    { ...collector, id: 'a', name: 'here' },
    { ...collector, id: 'b', name: 'away', connection: 'offline' },
    { ...collector, id: 'c', name: 'revoked', approval: 'revoked' },
    { ...collector, id: 'd', name: 'waiting', approval: 'pending' },
    { ...collector, id: 'e', name: 'agent', component_type: 'agent' },
  ] as const;
  expect(collectorChoices(components)).toEqual([
    { value: 'a', label: 'here' },
    { value: 'b', label: 'away', note: 'Not heard from' },
  ]);
  expect(collectorChoices(components, 'c').at(-1)).toEqual({
    value: 'c',
    label: 'revoked',
    note: 'Was revoked',
  });
});
