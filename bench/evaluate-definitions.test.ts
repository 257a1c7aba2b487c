import { rulesOf } from '@stratora/testkit';
import { expect, it } from 'vitest';
import { DEFINITIONS } from './evaluate-definitions.ts';

it('has 60 definitions, of which some share their expressions', () => {
  expect(new Set(DEFINITIONS.map(({ name }) => name)).size).toBe(60);
  expect(new Set(DEFINITIONS.map(({ expr }) => expr)).size).toBe(53);
});

it('makes a rule of every threshold', () => {
  const thresholds = DEFINITIONS.flatMap(({ warning, critical }) => [warning, critical]);
  expect(DEFINITIONS.flatMap(rulesOf)).toHaveLength(thresholds.filter((one) => one !== null).length);
});
