import type { LineWriter } from '@stratora/lineprotocol';
import type { RowDefaults } from '@stratora/templates';
import { expect, test } from 'vitest';
import { LineScreen, type ScreenRules } from './line-screen.ts';
import { tagValue } from './own-tags.ts';
import { REJECT_REASONS } from './reject-reason.ts';

const OWN = '0190a1b2-c3d4-7e5f-8a9b-000000000001';
const OTHER = '0190a1b2-c3d4-7e5f-8a9b-000000000002';
const FOREIGN = '0190a1b2-c3d4-7e5f-8a9b-00000000dead';
const NOW = 1_700_000_000_000;
const screen = new LineScreen();

const nodes = (...ids: string[]) => new Map(ids.map((id) => [id, tagValue(`Hall ${id.slice(-1)}, ö`)]));

function judge(body: string, rules: Partial<ScreenRules> = {}) {
  const result = screen.screen(Buffer.from(body), 'ns', {
    nodes: nodes(OWN, OTHER),
    defaultNode: undefined,
    nowMs: NOW,
    maxTags: 40,
    newestMs: NOW + 600_000,
    oldestMs: NOW - 86_400_000,
    ...rules,
  });
  const reasons: Record<string, number> = {};
  for (const [index, reason] of REJECT_REASONS.entries()) {
    const count = result.rejectedByCode[index + 1] ?? 0;
    if (count > 0) reasons[reason] = count;
  }
  return { ...result, text: result.body.toString('utf8'), reasons };
}

const at = (ms: number) => `${ms}000000`;
const line = (node: string, ms = NOW) => `m,node_id=${node},a=b f=1,g=2i ${at(ms)}\n`;

test('good lines pass as they are', () => {
  const body = line(OWN) + line(OTHER) + line(OWN);
  expect(judge(body)).toMatchObject({ text: body, lines: 3, samples: 6, rejected: 0 });
  expect([...judge(body).nodes]).toEqual([OWN, OTHER]);
});

test('each bad line is dropped with its reason and the others are kept in order', () => {
  const body = [
    line(FOREIGN),
    line(OWN, NOW - 1),
    'm f=1\n',
    'garbage\n',
    line(OWN, NOW + 600_001),
    line(OTHER, NOW + 600_000),
    line(OWN, NOW - 86_400_001),
    '\n# comment\n',
    line(OWN, NOW - 86_400_000),
    `m,node_id=${OWN}x f=1\n`,
    `m,node_id=\\${OWN} f=1\n`,
  ].join('');
  const result = judge(body);
  expect(result.text).toBe(line(OWN, NOW - 1) + line(OTHER, NOW + 600_000) + line(OWN, NOW - 86_400_000));
  expect(result.reasons).toEqual({
    node_foreign: 3,
    node_missing: 1,
    bad_measurement: 1,
    time_future: 1,
    time_past: 1,
  });
  expect(result.named.slice(0, 2).map(({ line }) => line)).toEqual([1, 3]);
  expect(result).toMatchObject({ rejected: 7, lines: 3 });
});

test('a second node tag cannot smuggle a foreign node past the first', () => {
  expect(judge(`m,node_id=${OWN},node_id=${FOREIGN} f=1\n`).reasons).toEqual({ duplicate_key: 1 });
});

test('a line without a time is the server’s own time, and kept', () => {
  expect(judge(`m,node_id=${OWN} f=1`).text).toBe(`m,node_id=${OWN} f=1\n`);
});

test.each([
  'first\nsecond',
  'first\r\nsecond',
  'say \\"\nsecond',
  'a\nb\nc',
  'nul \u0000',
  '\ncpu,node_id=x f=1 1\n',
])('a text over several lines costs the number beside it nothing: %j', (text) => {
  const tags = `,node_id=${OWN}`;
  const result = judge(
    `m${tags} up=1i,d="${text}" ${NOW}000000\nnext${tags} v=2i ${NOW}000000\nm${tags} d="${text}",v=3 ${NOW}000000\n`,
  );
  expect(result.text).toBe(
    `m${tags} up=1i ${NOW}000000\nnext${tags} v=2i ${NOW}000000\nm${tags} v=3 ${NOW}000000\n`,
  );
  expect(result).toMatchObject({ rejected: 0, lines: 3 });
});

test('text fields are taken out wherever they stand', () => {
  const tags = `m,node_id=${OWN}`;
  const body = [
    `${tags} s="a, b=c \\" d",f=1,t="",g=2 ${at(NOW)}\n`,
    `${tags} f=1,s="x y"\n`,
    `${tags} s="only" ${at(NOW)}\n`,
    `${tags} a\\ b=1,s="\\\\",c\\,d=t ${at(NOW)}\r\n`,
    `${tags} s="x",f=5 ${at(NOW)}`,
  ].join('');
  const result = judge(body);
  expect(result.text).toBe(
    `${tags} f=1,g=2 ${at(NOW)}\n${tags} f=1\n${tags} a\\ b=1,c\\,d=t ${at(NOW)}\n${tags} f=5 ${at(NOW)}\n`,
  );
  expect(result).toMatchObject({ lines: 4, unstoredLines: 1, rejected: 0, samples: 6 });
});

test('an agent’s line without a node gets its own, in any mixture', () => {
  const body = `m f=1\nm,a=b f=1,s="x"\n${line(OWN)}junk\nm,node_id=${FOREIGN} f=1\nm,a=b f=2`;
  const result = judge(body, { nodes: nodes(OWN), defaultNode: OWN });
  expect(result.text).toBe(
    `m,node_id=${OWN} f=1\nm,node_id=${OWN},a=b f=1\n${line(OWN)}m,node_id=${OWN},a=b f=2\n`,
  );
  expect(result.reasons).toEqual({ bad_measurement: 1, node_foreign: 1 });
});

const tagsOf = (count: number) => Array.from({ length: count }, (_, index) => `t${index}=v`).join(',');

test('a node is not added beyond the tags that the store keeps', () => {
  expect(judge(`m,${tagsOf(40)} f=1\n`, { defaultNode: OWN }).reasons).toEqual({ too_many_tags: 1 });
  expect(judge(`m,${tagsOf(39)} f=1\n`, { defaultNode: OWN })).toMatchObject({ lines: 1, rejected: 0 });
});

test.each([30, 40, 64])('of a store that keeps %i labels a line has as many tags, at most 40', (maxTags) => {
  const most = Math.min(maxTags, 40);
  const taken = `m,node_id=${OWN},${tagsOf(most - 1)} f=1\n`;
  const refused = `m,node_id=${OWN},${tagsOf(most)} f=1\n`;
  const result = judge(taken + refused, { maxTags });
  expect(result).toMatchObject({ text: taken, rejected: 1, reasons: { too_many_tags: 1 } });
  expect(result.named).toEqual([{ line: 2, code: REJECT_REASONS.indexOf('too_many_tags') + 1 }]);
});

test('a tag value over 4,096 bytes is named, and one of that size kept', () => {
  const valued = (bytes: number) => `m,node_id=${OWN},v=${'x'.repeat(bytes)} f=1\n`;
  expect(judge(valued(4_096) + valued(4_097))).toMatchObject({ lines: 1, reasons: { too_long: 1 } });
});

test('many lines that grow keep their order and content', () => {
  const body = Array.from({ length: 5_000 }, (_, index) => `m,i=${index} f=${index}i\n`).join('');
  const result = judge(body, { defaultNode: OWN });
  expect(result.text).toBe(body.replaceAll('m,i=', `m,node_id=${OWN},i=`));
});

test('bodies do not influence each other', () => {
  expect(judge(line(OWN), { nodes: nodes(OWN) }).lines).toBe(1);
  expect(judge(line(OWN), { nodes: nodes(OTHER) }).lines).toBe(0);
});

test('raw rows become what the rules make of them, and what breaks a limit is left out and named', () => {
  const normalizer = {
    isRaw: (bytes: Uint8Array, { lineStart }: { lineStart: number }) =>
      bytes[lineStart] === 'r'.charCodeAt(0),
    normalize: (_bytes: Uint8Array, _scanner: unknown, writer: LineWriter) => {
      writer.start('made').tag('node_id', OWN).float('f', 1).end(NOW);
      writer.start('made').tag('node_id', OWN).tag('long', 'x'.repeat(5_000)).float('f', 1).end(NOW);
      return { lines: 2, samples: 2 };
    },
  };
  const result = judge(`${line(OWN)}raw_x,node_id=${OWN} s="x"\nraw_x,node_id=${FOREIGN} f=1\n`, {
    normalizer,
  });
  expect(result.text).toBe(line(OWN));
  expect(result.derived.toString()).toBe(`made,node_id=${OWN} f=1 ${at(NOW)}\n`);
  expect(result).toMatchObject({ lines: 2, rejected: 2, reasons: { node_foreign: 1, too_long: 1 } });
  expect(result.named.map(({ line: name }) => name)).toEqual([3, expect.stringMatching('^made,node_id=')]);
  expect(judge(line(OWN)).derived).toHaveLength(0);
});

const NAMED = 'Hall\\ 1\\,\\ ö';
const COLLECTOR = '0190a1b2-c3d4-7e5f-8a9b-00000000c011';

test('who collected a line and what its node is called is the server’s word, not the sender’s', () => {
  const collector = tagValue(COLLECTOR);
  const right = `m,collector_id=${COLLECTOR},node_id=${OWN},node_name=${NAMED},z=1 f=1 ${at(NOW)}\n`;
  expect(judge(right, { collector }).text).toBe(right);
  const forged = [
    `m,collector_id=other,node_id=${OWN},node_name=x,z=1 f=1 ${at(NOW)}\n`,
    `m,collector_id=${COLLECTOR},node_id=${OWN},node_name=${'long'.repeat(60)},z=1 f=1,t="text" ${at(NOW)}\n`,
    `m,collector_id=${'y'.repeat(200)},node_id=${OWN},node_name=${NAMED},z=1 f=1 ${at(NOW)}\n`,
  ];
  for (const body of [...forged, forged.join('')]) {
    const { text, rejected } = judge(right + body + right, { collector });
    expect(rejected).toBe(0);
    expect(text).toBe(right.repeat(2 + body.split('\n').length - 1));
  }
  // The order of the tags is the sender's, and a tag that it does not send is not added.
  expect(judge(`m,node_name=x,node_id=${OWN},collector_id=x f=1\n`, { collector }).text).toBe(
    `m,node_name=${NAMED},node_id=${OWN},collector_id=${COLLECTOR} f=1\n`,
  );
  expect(judge(`m,node_id=${OWN} f=1\n`, { collector }).text).toBe(`m,node_id=${OWN} f=1\n`);
});

test('an agent has no collector, whatever it says', () => {
  const rules = { nodes: nodes(OWN), defaultNode: OWN };
  expect(judge(`m,collector_id=x,node_name=x f=1\nm,a=b,collector_id=x f=1\n`, rules).text).toBe(
    `m,node_id=${OWN},node_name=${NAMED} f=1\nm,node_id=${OWN},a=b f=1\n`,
  );
});

test('a name follows its node from line to line, also where lines grow', () => {
  const body = [OWN, OTHER, OWN, OTHER].map((id) => `m,node_id=${id},node_name=x f=1\n`).join('');
  const named = (id: string) => `m,node_id=${id},node_name=${NAMED.replace('1', id.slice(-1))} f=1\n`;
  expect(judge(body.repeat(500)).text).toBe([OWN, OTHER, OWN, OTHER].map(named).join('').repeat(500));
});

test('raw rows are given the server’s tags before the rules see them', () => {
  const seen: Map<string, string>[] = [];
  const normalizer = {
    isRaw: () => true,
    normalize: (_b: Uint8Array, _s: unknown, _w: LineWriter, row: RowDefaults) => {
      const tags = new Map([
        ['collector_id', 'x'],
        ['node_name', 'x'],
      ]);
      row.ownTags?.applyTo(tags);
      seen.push(tags);
      return { lines: 0, samples: 0 };
    },
  };
  judge(line(OWN), { normalizer, collector: tagValue(COLLECTOR) });
  judge(line(OWN), { normalizer });
  expect(seen.map((tags) => [...tags])).toEqual([
    [
      ['collector_id', COLLECTOR],
      ['node_name', 'Hall 1, ö'],
    ],
    [['node_name', 'Hall 1, ö']],
  ]);
});
