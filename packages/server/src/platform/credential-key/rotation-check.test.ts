import { expect, it } from 'vitest';
import { rotationFault } from './rotation-check.ts';

const NEWEST = { version: 2, fingerprint: 'bb' };
const BOTH = { hostname: 'a', keys: { '1': 'aa', '2': 'bb' } };

it('the newest key may seal where every server has it', () => {
  expect(rotationFault({ sealing: 1, newest: NEWEST, holders: [BOTH, { ...BOTH, hostname: 'b' }] })).toBe(
    undefined,
  );
});

it.each([
  [{ sealing: 2, newest: NEWEST, holders: [BOTH] }, 'no newer credential key than key 2'],
  [
    { sealing: 1, newest: NEWEST, holders: [BOTH, { hostname: 'b', keys: { '1': 'aa' } }] },
    'b has no credential key 2',
  ],
  [
    {
      sealing: 1,
      newest: NEWEST,
      holders: [
        { hostname: 'b', keys: {} },
        { hostname: 'c', keys: {} },
      ],
    },
    'b, c have no credential key 2',
  ],
  [
    { sealing: 1, newest: NEWEST, holders: [BOTH, { hostname: 'b', keys: { '1': 'aa', '2': 'zz' } }] },
    'b has another credential key 2 than this server',
  ],
])('else it is said why not: %#', (facts, words) => {
  expect(rotationFault(facts)).toContain(words);
});
