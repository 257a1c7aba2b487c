import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  captureSource,
  identify,
  identityAnswer,
  RuleBook,
  readEvidence,
  readRuleFiles,
  TemplateChooser,
} from '@stratora/identify';
import { readSnmprec } from '@stratora/snmp';
import { loadTemplates, proposeTemplate, readTemplate, resolveTemplates } from '@stratora/templates';
import { beforeAll, describe, expect, test } from 'vitest';
import { CAPTURES, hasCaptures, pointsOf } from './capture-preview.test-support.ts';
import { previewTemplate } from './preview-template.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
/** One of so many captures is tried. */
const TRY_ONE_IN = 50;

let sets: Awaited<ReturnType<typeof loadTemplates>>;
let book: RuleBook;
beforeAll(async () => {
  sets = await loadTemplates(path.join(ROOT, 'templates'));
  const { rules, registry } = await readRuleFiles(path.join(ROOT, 'identification'));
  book = new RuleBook(rules, registry);
});

async function propose(walk: string, slug?: string) {
  const { objects, skipped } = readSnmprec(walk);
  const chooser = new TemplateChooser([...sets.own.values()]);
  const identity = identityAnswer(identify(await readEvidence(captureSource(objects), book), book, chooser));
  const proposal = proposeTemplate({ objects, skippedLines: skipped.length, identity, sets, slug });
  return { objects, proposal };
}

/** Reads the proposal as a file, and previews it for the device that it was made of. */
async function preview(walk: string, slug?: string) {
  const { objects, proposal } = await propose(walk, slug);
  const read = readTemplate(`${proposal.slug}.toml`, proposal.text);
  if ('faults' in read) throw new Error(JSON.stringify(read.faults));
  const { templates, faults } = resolveTemplates(new Map([...sets.own, [proposal.slug, read.value]]));
  expect(faults).toEqual([]);
  const template = templates.get(proposal.slug);
  if (template === undefined) throw new Error('not resolved');
  return { proposal, own: read.value, preview: await previewTemplate({ template, objects }) };
}

const DEVICE = [
  '1.3.6.1.2.1.1.1.0|4|A made-up "chiller"\t2',
  '1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.99999.7.1',
  '1.3.6.1.2.1.1.3.0|67|4200',
  '1.3.6.1.2.1.2.2.1.2.1|4|eth0',
  '1.3.6.1.2.1.2.2.1.10.1|65|1000',
  '1.3.6.1.4.1.99999.7.2.1.0|2|215',
  '1.3.6.1.4.1.99999.7.2.2.0|4|Water',
  ...[1, 2].flatMap((row) => [
    `1.3.6.1.4.1.99999.7.3.1.2.${row}|4|Loop ${row}`,
    `1.3.6.1.4.1.99999.7.3.1.3.${row}|66|${row * 70}`,
    `1.3.6.1.4.1.99999.7.3.1.4.${row}|65|${row * 9}`,
    `1.3.6.1.4.1.99999.7.3.1.5.${row}|4|${row}9.5 C`,
  ]),
].join('\n');

describe('the proposal for a walk', () => {
  test('is a template that polls what the vendor has beside what the best template polls', async () => {
    const { proposal, own, preview: given } = await preview(DEVICE, 'chiller');
    expect(proposal.extends).toEqual(['generic-snmp']);
    expect(own.match.sys_object_ids).toEqual(['1.3.6.1.4.1.99999.7.1']);
    expect(pointsOf(given, 'chiller_t7_3')).toEqual([
      {
        measurement: 'chiller_t7_3',
        tags: { index: '1', row: 'Loop 1' },
        fields: { c3: 70, c4: 9, c5: 19.5 },
      },
      {
        measurement: 'chiller_t7_3',
        tags: { index: '2', row: 'Loop 2' },
        fields: { c3: 140, c4: 18, c5: 29.5 },
      },
    ]);
    expect(pointsOf(given, 'chiller_objects')).toEqual([
      { measurement: 'chiller_objects', tags: {}, fields: { o7_2_1: 215 } },
    ]);
    expect(pointsOf(given, 'interface')).toHaveLength(1);
    expect(own.panels.map(({ id, unit }) => [id, unit])).toEqual([
      ['chiller_objects', 'none'],
      ['chiller_t7_3', 'none'],
      ['chiller_t7_3_rates', 'per_second'],
    ]);
  });

  test('says what would be polled with how many rows, and what becomes of the rest', async () => {
    const { proposal } = await propose(DEVICE, 'chiller');
    expect(proposal.polled).toContainEqual({
      input: 'snmp_interfaces',
      interval_seconds: null,
      measurement: 'interface',
      is_table: true,
      rows: 1,
      asked: 18,
      answered: 2,
    });
    expect(proposal.tables.map(({ oid, use, rows }) => [oid, use, rows])).toEqual([
      ['1.3.6.1.2.1.2.2.1', 'polled', 1],
      ['1.3.6.1.4.1.99999.7.3.1', 'proposed', 2],
    ]);
    expect(
      proposal.scalars
        .filter(({ oid }) => oid.includes('99999'))
        .map(({ oid, use, kind }) => [oid, use, kind]),
    ).toEqual([
      ['1.3.6.1.4.1.99999.7.2.1.0', 'proposed', 'gauge'],
      ['1.3.6.1.4.1.99999.7.2.2.0', 'left_out', 'text'],
    ]);
  });

  test('puts a template beside the generic one when the walk has what it polls', async () => {
    const ups = [
      '1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.99999.8',
      '1.3.6.1.2.1.33.1.2.1.0|2|2',
      '1.3.6.1.2.1.33.1.2.2.0|2|0',
      '1.3.6.1.2.1.33.1.2.3.0|2|40',
      '1.3.6.1.2.1.33.1.2.4.0|2|96',
      '1.3.6.1.2.1.33.1.2.5.0|2|540',
      '1.3.6.1.2.1.33.1.2.7.0|2|24',
      '1.3.6.1.2.1.33.1.4.1.0|2|3',
      '1.3.6.1.2.1.33.1.3.3.1.2.1|2|500',
      '1.3.6.1.2.1.33.1.3.3.1.3.1|2|231',
      '1.3.6.1.2.1.33.1.4.4.1.2.1|2|230',
      '1.3.6.1.2.1.33.1.4.4.1.3.1|2|12',
      '1.3.6.1.2.1.33.1.4.4.1.4.1|2|300',
      '1.3.6.1.2.1.33.1.4.4.1.5.1|2|31',
    ].join('\n');
    const { proposal, preview: given } = await preview(ups);
    expect(proposal.extends).toContain('ups');
    expect(proposal.reasons.join('\n')).toMatch(/has \d+ of the \d+ objects that template ups adds/);
    expect(pointsOf(given, 'device_ups').length).toBeGreaterThan(0);
  });

  test('keeps away from the sysObjectID of an agent that many devices have, and from the slugs that there are', async () => {
    const { proposal, own } = await preview(
      '1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.8072.3.2.10\n1.3.6.1.4.1.99999.1.5.0|2|40',
    );
    expect(own.match).toEqual({ sys_object_ids: [], sys_descr: [] });
    expect(proposal.notes.join('\n')).toContain('by hand');
    expect(sets.templates.has(proposal.slug)).toBe(false);
  });

  test('tells tables of several vendors apart, whose OIDs are alike below them', async () => {
    const rows = [99998, 99999].flatMap((vendor) =>
      [1, 2].flatMap((row) => [
        `1.3.6.1.4.1.${vendor}.7.3.1.3.${row}|66|${row * 70}`,
        `1.3.6.1.4.1.${vendor}.7.3.1.4.${row}|65|${vendor}`,
      ]),
    );
    const { preview: given } = await preview(rows.join('\n'), 'both');
    expect(pointsOf(given, 'both_t7_3').map(({ fields }) => fields['c4'])).toEqual([99998, 99998]);
    expect(pointsOf(given, 'both_t7_3_2').map(({ fields }) => fields['c4'])).toEqual([99999, 99999]);
  });

  test('leaves out a table of more rows than anybody would poll unseen, and says so', async () => {
    const rows = Array.from({ length: 300 }, (_, row) => [
      `1.3.6.1.4.1.99999.5.1.2.${row + 1}|66|${row * 7}`,
      `1.3.6.1.4.1.99999.5.1.3.${row + 1}|65|${row}`,
    ]).flat();
    const { proposal } = await propose(rows.join('\n'));
    expect(proposal.tables).toMatchObject([
      { oid: '1.3.6.1.4.1.99999.5.1', use: 'left_out', why: '300 rows are too many to poll unseen' },
    ]);
  });

  test.skipIf(!hasCaptures)(
    'of captures of real devices is valid, and the device answers all that it adds',
    { timeout: 120_000 },
    async () => {
      const names = readdirSync(CAPTURES).toSorted();
      for (const name of names.filter((_, at) => at % TRY_ONE_IN === 0)) {
        const walk = readFileSync(path.join(CAPTURES, name), 'utf8');
        const { own, preview: given } = await preview(walk);
        const added = new Set(own.inputs.map(({ id }) => id));
        const unanswered = given.inputs
          .filter(({ id }) => added.has(id))
          .flatMap((input) => [...input.unanswered, ...(input.status === 'ok' ? [] : [input.message])]);
        expect({ name, unanswered }).toEqual({ name, unanswered: [] });
        expect(given.points.length).toBeGreaterThan(0);
      }
    },
  );
});
