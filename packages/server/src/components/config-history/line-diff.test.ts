import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LineDiff } from './diff-hunks.ts';
import { diffLines } from './line-diff.ts';

/** What `after` is, made from `before` and the hunks alone. */
function patch(before: string, { hunks }: LineDiff): string {
  const lines = before === '' ? [] : before.replace(/\n$/, '').split('\n');
  const made: string[] = [];
  let at = 0;
  for (const hunk of hunks) {
    while (at < hunk.from_line - 1) made.push(lines[at++] ?? '');
    expect(made.length).toBe(hunk.to_line - 1);
    for (const { kind, text } of hunk.lines) {
      if (kind !== 'added') expect(lines[at++]).toBe(text);
      if (kind !== 'removed') made.push(text);
    }
  }
  return [...made, ...lines.slice(at)].map((line) => `${line}\n`).join('');
}

const text = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('');
const numbers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `line ${from + index}`);

describe('the difference of two texts', () => {
  it('is nothing for the same text', async () => {
    const same = text(numbers(1, 50));
    expect(await diffLines(same, same)).toEqual({ added: 0, removed: 0, hunks: [], truncated: false });
    expect(await diffLines('', '')).toEqual({ added: 0, removed: 0, hunks: [], truncated: false });
  });

  it('shows a changed line with three lines around it, numbered on both sides', async () => {
    const before = numbers(1, 20);
    const after = before.with(9, 'other').toSpliced(2, 0, 'more');
    const diff = await diffLines(text(before), text(after));
    expect(diff).toMatchObject({ added: 2, removed: 1, truncated: false });
    expect(diff.hunks.map(({ from_line: from, to_line: to }) => [from, to])).toEqual([
      [1, 1],
      [7, 8],
    ]);
    expect(diff.hunks[1]?.lines).toEqual([
      ...numbers(7, 9).map((line) => ({ kind: 'same', text: line })),
      { kind: 'removed', text: 'line 10' },
      { kind: 'added', text: 'other' },
      ...numbers(11, 13).map((line) => ({ kind: 'same', text: line })),
    ]);
  });

  it('makes one hunk of changes that are near each other', async () => {
    const before = numbers(1, 30);
    const diff = await diffLines(text(before), text(before.with(9, 'x').with(15, 'y')));
    expect(diff.hunks).toHaveLength(1);
    expect((await diffLines(text(before), text(before.with(9, 'x').with(17, 'y')))).hunks).toHaveLength(2);
  });

  it('is all added where there was nothing, and all removed where nothing is left', async () => {
    const all = text(numbers(1, 5));
    expect(await diffLines('', all)).toMatchObject({ added: 5, removed: 0, hunks: [{ from_line: 1 }] });
    expect(await diffLines(all, '')).toMatchObject({ added: 0, removed: 5 });
  });

  it('leads from any text to any other', async () => {
    const lines = fc.array(fc.constantFrom('a', 'b', 'c', '[[x]]', '', 'd', 'e'), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(lines, lines, async (a, b) => {
        const diff = await diffLines(text(a), text(b));
        expect(patch(text(a), diff)).toBe(text(b));
        expect(diff.added - diff.removed).toBe(b.length - a.length);
      }),
      { numRuns: 500 },
    );
  });

  it('is the shortest one where no line is unique', async () => {
    // The example of Myers' paper, which has edit scripts of five and none shorter.
    const diff = await diffLines(text('ABCABBA'.split('')), text('CBABAC'.split('')));
    expect(diff.added + diff.removed).toBe(5);
  });

  it('cuts off what nobody reads, and still counts all of it', async () => {
    const before = numbers(1, 4000);
    const diff = await diffLines(text(before), text(before.map((line) => `${line}!`)), { maxLines: 100 });
    expect(diff).toMatchObject({ added: 4000, removed: 4000, truncated: true });
    expect(diff.hunks.flatMap(({ lines }) => lines).length).toBeLessThanOrEqual(110);
  });

  it('takes bounded time for texts that have little in common, and lets others have their turn', async () => {
    const shuffled = (seed: number) =>
      Array.from({ length: 60_000 }, (_, index) => `option ${(index * seed) % 7919}`);
    let turns = 0;
    let isDone = false;
    // A turn of the event loop, not a time: the whole takes a few milliseconds on a quick machine.
    const takeTurns = () => {
      turns += 1;
      if (!isDone) setImmediate(takeTurns);
    };
    setImmediate(takeTurns);
    const startedAt = performance.now();
    const diff = await diffLines(text(shuffled(31)), text(shuffled(77)));
    isDone = true;
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    expect(turns).toBeGreaterThan(0);
    expect(diff.truncated).toBe(true);
  });

  it('finds one change in each of ten thousand blocks', async () => {
    const blocks = (timeout: string) =>
      Array.from({ length: 10_000 }, (_, index) =>
        text([
          '[[inputs.snmp]]',
          `alias = "snmp_system-${index}"`,
          `agents = ["udp://10.0.0.${index}:161"]`,
          `timeout = "${timeout}"`,
          'retries = 2',
          ...numbers(1, 20),
          '[inputs.snmp.tags]',
          `node_id = "${index}"`,
        ]),
      ).join('\n');
    const startedAt = performance.now();
    const diff = await diffLines(blocks('2s'), blocks('3s'));
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    expect(diff).toMatchObject({ added: 10_000, removed: 10_000, truncated: true });
    expect(diff.hunks[0]?.lines.filter(({ kind }) => kind !== 'same')).toEqual([
      { kind: 'removed', text: 'timeout = "2s"' },
      { kind: 'added', text: 'timeout = "3s"' },
    ]);
  });
});
