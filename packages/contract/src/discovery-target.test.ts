import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addressNumber,
  addressText,
  countAddresses,
  joinRanges,
  parseDiscoveryTarget,
  parseWholeRange,
  planTargets,
  withoutRanges,
} from './discovery-target.ts';

const shown = (text: string) => {
  const { range } = parseDiscoveryTarget(text);
  return range && `${addressText(range.family, range.first)}-${addressText(range.family, range.last)}`;
};

describe('a target of discovery', () => {
  it.each([
    ['10.0.0.7', '10.0.0.7-10.0.0.7'],
    [' 10.0.0.1 - 10.0.0.50 ', '10.0.0.1-10.0.0.50'],
    ['10.0.0.1-50', '10.0.0.1-10.0.0.50'],
    ['10.0.0.0/24', '10.0.0.1-10.0.0.254'],
    ['10.0.0.77/24', '10.0.0.1-10.0.0.254'],
    ['10.0.0.0/31', '10.0.0.0-10.0.0.1'],
    ['10.0.0.5/32', '10.0.0.5-10.0.0.5'],
    ['2001:DB8::/126', '2001:db8::-2001:db8::3'],
    ['2001:db8::5-2001:db8::9', '2001:db8::5-2001:db8::9'],
  ])('%s is %s', (text, range) => {
    expect(shown(text)).toBe(range);
  });

  it.each([
    '',
    '10.0.0',
    '10.0.0.0/33',
    '10.0.0.0/',
    '10.0.0.9-10.0.0.1',
    '10.0.0.1-2001:db8::1',
    '10.0.0.0/24/8',
    'host',
  ])('%s is none', (text) => {
    expect(parseDiscoveryTarget(text).fault).toBeTypeOf('string');
  });

  it('that is left out is left out whole, with the ends of its network', () => {
    expect(parseWholeRange('10.0.0.0/24').range).toMatchObject({ first: 0x0a000000n, last: 0x0a0000ffn });
    expect(planTargets(['10.0.0.0-10.0.1.255'], ['10.0.0.0/24']).addresses).toBe(256n);
  });

  it('counts once what is named twice, and names faults by their place', () => {
    const plan = planTargets(['10.0.0.0/24', '10.0.0.200-10.0.1.9', 'x'], ['10.0.0.1', 'y']);
    expect(plan.addresses).toBe(254n + 11n - 1n);
    expect(plan.faults.map(({ list, at }) => `${list} ${at}`)).toEqual(['targets 2', 'exclude 1']);
    expect(planTargets(['0.0.0.0/0'], []).addresses).toBe(2n ** 32n - 2n);
    expect(planTargets(['::/0'], []).addresses).toBe(2n ** 128n);
  });

  it('has one number and one text for each address', () => {
    fc.assert(
      fc.property(fc.ipV4(), (text) => {
        expect(addressText(4, addressNumber(text)?.number ?? -1n)).toBe(text);
      }),
    );
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 128n - 1n }), (number) => {
        expect(addressNumber(addressText(6, number))).toEqual({ family: 6, number });
      }),
    );
  });

  it('adds and takes away as sets of addresses do', () => {
    const range = fc
      .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 20 }))
      .map(([first, length]) => ({ family: 4 as const, first: BigInt(first), last: BigInt(first + length) }));
    const setOf = (ranges: readonly { first: bigint; last: bigint }[]) =>
      new Set(
        ranges.flatMap(({ first, last }) =>
          Array.from({ length: Number(last - first) + 1 }, (_, at) => Number(first) + at),
        ),
      );
    fc.assert(
      fc.property(fc.array(range, { maxLength: 8 }), fc.array(range, { maxLength: 8 }), (from, out) => {
        const left = withoutRanges(from, out);
        const outside = setOf(out);
        expect(setOf(left)).toEqual(new Set([...setOf(from)].filter((one) => !outside.has(one))));
        expect(countAddresses(left)).toBe(BigInt(setOf(left).size));
        expect(joinRanges(left)).toEqual(left);
      }),
    );
  });
});
