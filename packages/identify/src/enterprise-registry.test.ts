import { expect, test } from 'vitest';
import { EnterpriseRegistry, registryFaults } from './enterprise-registry.ts';

test('every number of a table is found, and no other', () => {
  const numbers = [1, 2, 9, 10, 77, 100, 5_000, 64_000];
  for (let length = 0; length <= numbers.length; length++) {
    const own = numbers.slice(0, length);
    const registry = new EnterpriseRegistry(own.map((number) => `${number} Holder of ${number}\n`).join(''));
    for (const number of own) expect(registry.find(number)).toBe(`Holder of ${number}`);
    for (const number of [0, 3, 11, 64_001]) expect(registry.find(number)).toBeUndefined();
  }
  expect(new EnterpriseRegistry('5 Last').find(5)).toBe('Last');
});

test('a line without a name, and a number that does not rise, are faults', () => {
  expect(registryFaults('1 One\n2 Two\n')).toEqual([]);
  expect(registryFaults('1 One\n3 \n2 Two\nThree\n2 Two\n').map(({ line }) => line)).toEqual([2, 4, 5]);
});
