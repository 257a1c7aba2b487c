import { SnmpError, ValueType } from '@stratora/snmp';
import { describe, expect, test } from 'vitest';
import { captureSource } from './capture-source.ts';
import type { EvidenceSource } from './evidence-source.ts';
import { identify } from './identify.ts';
import { book, MADE_UP, templates } from './made-up.test-support.ts';
import { readEvidence } from './read-evidence.ts';
import { RuleBook } from './rule-book.ts';
import { ruleFileSchema } from './rule-schema.ts';

const text = (oid: string, value: string) => ({ oid, type: ValueType.octetString, value });
const SYSTEM = [
  text('1.3.6.1.2.1.1.1.0', 'Penguin box 5.1'),
  { oid: '1.3.6.1.2.1.1.2.0', type: ValueType.oid, value: '1.3.6.1.4.1.60003.3.2.10' },
];

/** A family of Bolt behind the shared agent. */
function familyOf(id: string, holds: string, says?: string) {
  const signs = [{ under: '60003', holds, ...(says === undefined ? {} : { says }) }];
  const [family] = ruleFileSchema.parse({
    families: [{ id, vendor: 'Bolt', os: id, type: 'nas', signs }],
  }).families;
  if (family === undefined) throw new Error('no family');
  return family;
}

/** Counts what a source is asked for. */
function counted(source: EvidenceSource) {
  const asked: string[] = [];
  const counting: EvidenceSource = {
    get: (oids) => (asked.push(`get ${oids.length}`), source.get(oids)),
    firstBelow: (subtrees) => (asked.push(`first ${subtrees.length}`), source.firstBelow(subtrees)),
    rows: (columns, most) => (asked.push('rows'), source.rows(columns, most)),
  };
  return { asked, counting };
}

describe('reading a device', () => {
  test('asks a shared agent for the objects of appliances, and then for what their family keeps', async () => {
    const source = captureSource([
      ...SYSTEM,
      text('1.3.6.1.4.1.60002.4.1.0', 'x'),
      text('1.3.6.1.4.1.60002.4.2.0', 'SN-7'),
    ]);
    const evidence = await readEvidence(source, book);
    expect(identify(evidence, book, templates)).toMatchObject({ family: 'bolt-nas', serial: 'SN-7' });
  });

  test('asks a shared agent for whole enterprises where no probe is answered', async () => {
    const evidence = await readEvidence(
      captureSource([...SYSTEM, text('1.3.6.1.4.1.60001.7.1.0', 'x')]),
      book,
    );
    expect(identify(evidence, book, templates)).toMatchObject({ vendor: 'Acme', family: 'acme-wall' });
  });

  test('asks for all objects by which an enterprise that was found tells its products apart', async () => {
    const many = Array.from({ length: 70 }, (_, at) => ({
      ...familyOf(`filler-${at}`, `60002.${at + 100}`),
    }));
    const wide = new RuleBook({
      ...MADE_UP,
      families: [familyOf('first', '60002.50'), ...many, familyOf('last', '60002.51', 'last one')],
    });
    const source = captureSource([
      ...SYSTEM,
      text('1.3.6.1.4.1.60002.50.1.0', 'x'),
      text('1.3.6.1.4.1.60002.51.1.0', 'last one'),
    ]);
    const { held } = await readEvidence(source, wide);
    expect(held?.get('1.3.6.1.4.1.60002.51')?.text).toBe('last one');
  });

  test('asks an agent that shows a standard MIB of appliances for its vendor as well', async () => {
    const evidence = await readEvidence(
      captureSource([
        ...SYSTEM,
        text('1.3.6.1.2.1.33.1.1.1.0', 'Nobody'),
        { oid: '1.3.6.1.2.1.1.7.0', type: ValueType.integer, value: 72 },
        text('1.3.6.1.4.1.60001.7.1.0', 'x'),
      ]),
      book,
    );
    expect(evidence.sysServices).toBe(72);
    expect(identify(evidence, book, templates)).toMatchObject({ vendor: 'Acme', family: 'acme-wall' });
  });

  test('asks a device that says what it is for no probe', async () => {
    const objects = [
      { ...SYSTEM[1], oid: '1.3.6.1.2.1.1.2.0', type: ValueType.oid, value: '1.3.6.1.4.1.60001.7' },
    ];
    const { asked, counting } = counted(captureSource(objects));
    await readEvidence(counting, book);
    expect(asked.filter((words) => words.startsWith('first'))).toEqual([]);
  });

  test('reads the chassis where the family keeps no serial number', async () => {
    const entity = (column: number, row: number, value: string | number) => ({
      oid: `1.3.6.1.2.1.47.1.1.1.1.${column}.${row}`,
      type: typeof value === 'string' ? ValueType.octetString : ValueType.integer,
      value,
    });
    const source = captureSource([
      { oid: '1.3.6.1.2.1.1.2.0', type: ValueType.oid, value: '1.3.6.1.4.1.60001.7' },
      entity(5, 2, 3),
      entity(11, 2, 'CH-22'),
      entity(13, 2, 'W-1'),
      entity(5, 10, 9),
    ]);
    const found = identify(await readEvidence(source, book), book, templates);
    expect(found).toMatchObject({ model: 'W-1', serial: 'CH-22' });
  });

  test('what was found by other ways stays, and a device that falls silent is known by what it said', async () => {
    const silent: EvidenceSource = {
      get: async (oids) => {
        if (oids.includes('1.3.6.1.2.1.1.1.0')) return new Map([['1.3.6.1.2.1.1.1.0', 'Penguin box']]);
        throw new SnmpError('timeout', 'silent');
      },
      firstBelow: () => Promise.reject(new SnmpError('timeout', 'silent')),
      rows: () => Promise.reject(new SnmpError('timeout', 'silent')),
    };
    const evidence = await readEvidence(silent, book, { macVendor: 'Acme', sysName: 'given' });
    expect(evidence).toMatchObject({ sysDescr: 'Penguin box', sysName: 'given', macVendor: 'Acme' });
    await expect(
      readEvidence({ ...silent, get: () => Promise.reject(new Error('silent')) }, book),
    ).rejects.toThrow('silent');
  });
});
