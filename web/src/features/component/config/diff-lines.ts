import type { ConfigDiff } from '@stratora/contract';

export interface DiffRow {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
  /** Its number in the older and the newer text; null where it is not in it. */
  readonly from: number | null;
  readonly to: number | null;
}

export interface DiffBlock {
  /** Lines of the newer text between the block before and this one; null before the first where none are. */
  readonly skipped: number;
  readonly rows: readonly DiffRow[];
}

/** The hunks of a diff with the number of every line and how much lies between them. */
export function numberDiff(diff: Pick<ConfigDiff, 'hunks'>): readonly DiffBlock[] {
  let next = 1;
  return diff.hunks.map((hunk) => {
    let from = hunk.from_line;
    let to = hunk.to_line;
    const skipped = Math.max(0, to - next);
    const rows = hunk.lines.map(({ kind, text }): DiffRow => {
      const row = { kind, text, from: kind === 'added' ? null : from, to: kind === 'removed' ? null : to };
      if (kind !== 'added') from += 1;
      if (kind !== 'removed') to += 1;
      return row;
    });
    next = to;
    return { skipped, rows };
  });
}

export interface ChangedPart {
  /** Where in the line it begins. */
  readonly at: number;
  readonly text: string;
  readonly changed: boolean;
}

/** Cuts a line and the one that took its place into what both begin and end with and what differs between. */
export function changedParts(
  before: string,
  after: string,
): readonly [readonly ChangedPart[], readonly ChangedPart[]] {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < most - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  // Lines with little in common are another line, not a changed one.
  if (head + tail < Math.max(before.length, after.length) * 0.4) {
    return [[{ at: 0, text: before, changed: false }], [{ at: 0, text: after, changed: false }]];
  }
  const cut = (text: string) =>
    [
      { at: 0, text: text.slice(0, head), changed: false },
      { at: head, text: text.slice(head, text.length - tail), changed: true },
      { at: text.length - tail, text: text.slice(text.length - tail), changed: false },
    ].filter((part) => part.text !== '');
  return [cut(before), cut(after)];
}

/** Cuts the rows of a block into parts: removed and added lines that follow each other in equal number are pairs. */
export function markChanges(rows: readonly DiffRow[]): readonly (readonly ChangedPart[])[] {
  const parts = rows.map(({ text }): readonly ChangedPart[] => [{ at: 0, text, changed: false }]);
  let at = 0;
  while (at < rows.length) {
    const removedEnd = runEnd(rows, at, 'removed');
    const addedEnd = runEnd(rows, removedEnd, 'added');
    if (removedEnd - at > 0 && removedEnd - at === addedEnd - removedEnd) {
      for (let step = 0; step < removedEnd - at; step += 1) {
        const [before, after] = changedParts(
          rows[at + step]?.text ?? '',
          rows[removedEnd + step]?.text ?? '',
        );
        parts[at + step] = before;
        parts[removedEnd + step] = after;
      }
    }
    at = Math.max(addedEnd, at + 1);
  }
  return parts;
}

function runEnd(rows: readonly DiffRow[], from: number, kind: DiffRow['kind']): number {
  let end = from;
  while (rows[end]?.kind === kind) end += 1;
  return end;
}
