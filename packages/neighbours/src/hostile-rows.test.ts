import { neighbourReportSchema } from '@stratora/contract';
import { type CaptureObject, type CaptureValue, ValueType } from '@stratora/snmp';
import { seededRandom } from '@stratora/testkit';
import { expect, it } from 'vitest';
import { reportOf } from './made-up.test-support.ts';

/** Entries of all tables that are read, and a scalar group. */
const ENTRIES = [
  '1.3.6.1.2.1.2.2.1',
  '1.3.6.1.2.1.31.1.1.1',
  '1.3.6.1.2.1.4.34.1',
  '1.3.6.1.2.1.4.20.1',
  '1.0.8802.1.1.2.1.3.7.1',
  '1.0.8802.1.1.2.1.4.1.1',
  '1.0.8802.1.1.2.1.4.2.1',
  '1.3.111.2.802.1.1.13.1.3.7.1',
  '1.3.111.2.802.1.1.13.1.4.1.1',
  '1.3.111.2.802.1.1.13.1.4.2.1',
  '1.3.6.1.4.1.9.9.23.1.2.1.1',
  '1.3.6.1.2.1.17.1.4.1',
  '1.3.6.1.2.1.17.2.15.1',
  '1.3.6.1.2.1.17.7.1.2.2.1',
  '1.3.6.1.2.1.17.4.3.1',
  '1.3.6.1.2.1.17.7.1.4.2.1',
  '1.3.6.1.2.1.4.35.1',
  '1.3.6.1.2.1.4.22.1',
  '1.2.840.10006.300.43.1.2.1.1',
  '1.3.6.1.2.1.31.1.2.1',
  '1.3.6.1.2.1.47.1.1.1.1',
  '1.3.6.1.4.1.11863.6.35.1.2.2.1',
  '1.3.6.1.4.1.14988.1.1.11.1.1',
  '1.3.6.1.2.1.1',
];
const NASTY = [
  '',
  '\u0000',
  '<script>alert(1)</script>',
  '\u001b[31mred\u001b[0m',
  '\u202egnp.exe',
  'x'.repeat(65_000),
  '12',
  '-1',
  'NaN',
  '00:11:22:33:44:55',
  '999.1.1.1',
  '::ffff:1.2.3.4',
  "'; DROP TABLE nodes; --",
];

type Below = (end: number) => number;

function value(below: Below): Pick<CaptureObject, 'type' | 'value'> {
  const pick = below(6);
  if (pick === 0) return { type: ValueType.integer, value: below(2 ** 31) - 2 ** 30 };
  if (pick === 1) return { type: ValueType.octetString, value: NASTY[below(NASTY.length)] ?? '' };
  if (pick === 2) return { type: ValueType.counter64, value: 2n ** 64n - 1n };
  if (pick === 3) return { type: ValueType.oid, value: '0.0' };
  if (pick === 4) return { type: ValueType.ipAddress, value: '255.255.255.255' };
  const octets = Array.from({ length: below(20) }, () => below(256));
  const made: CaptureValue = Buffer.from(octets);
  return { type: ValueType.octetString, value: made };
}

function objects(below: Below): CaptureObject[] {
  const made = new Map<string, CaptureObject>();
  for (let count = 0; count < 800; count += 1) {
    const entry = ENTRIES[below(ENTRIES.length)] ?? '';
    const arcs = Array.from({ length: below(10) }, () => below(below(2) === 0 ? 300 : 2 ** 31));
    const oid = [entry, below(25), ...arcs].join('.');
    made.set(oid, { oid, ...value(below) });
  }
  return [...made.values()];
}

it('rows of any kind make a report that the contract allows, whose numbers of rows are right', async () => {
  const { random, seed } = seededRandom();
  for (let round = 1; round <= 60; round += 1) {
    const report = await reportOf(objects((end) => Math.floor(random() * end)));
    const parsed = neighbourReportSchema.safeParse(report);
    expect({ seed, round, issues: parsed.error?.issues.slice(0, 3) }).toEqual({
      seed,
      round,
      issues: undefined,
    });
    for (const [name, read] of Object.entries(report.tables)) {
      expect(read.rows).toBe(report.rows[name as keyof typeof report.rows].length);
      expect(read.state).toMatch(/whole|absent/);
    }
    const shown = JSON.stringify(report);
    // oxlint-disable-next-line no-control-regex -- that there are none is the point
    expect(shown).not.toMatch(/\\u0000|\\u001b|\u202e/);
    expect(shown.length).toBeLessThan(1_000_000);
  }
});
