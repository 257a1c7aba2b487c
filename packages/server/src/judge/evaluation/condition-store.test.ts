import { expect, it } from 'vitest';
import { ConditionStore } from './condition-store.ts';

it('knows of which subjects it remembers anything, in each family, until the last of it is removed', () => {
  const store = new ConditionStore([]);
  const first = store.add({ family: 'disk', subject: 'a', instance: '/' }, 0, {});
  const second = store.add({ family: 'disk', subject: 'a', instance: '/var' }, 0, {});
  expect(store.hasAnyOf('disk', 'a')).toBe(true);
  expect(store.hasAnyOf('disk', 'b')).toBe(false);
  expect(store.hasAnyOf('cpu', 'a')).toBe(false);
  store.remove(first);
  store.remove(first);
  expect(store.hasAnyOf('disk', 'a')).toBe(true);
  store.remove(second);
  expect(store.hasAnyOf('disk', 'a')).toBe(false);
});
