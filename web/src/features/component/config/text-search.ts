/** A place in a text where the search was found: which line, and from which to which character. */
export interface Finding {
  readonly line: number;
  readonly from: number;
  readonly to: number;
}

/** A word that is everywhere is not worth more marks than a person steps through. */
const FINDINGS_MAX = 5_000;

/** Every place of `wanted` in lines, without regard to case; places do not overlap. */
export function findInLines(lines: readonly string[], wanted: string): readonly Finding[] {
  const word = wanted.toLowerCase();
  const found: Finding[] = [];
  if (word === '') return found;
  for (const [line, text] of lines.entries()) {
    const lower = text.toLowerCase();
    let from = lower.indexOf(word);
    while (from !== -1) {
      found.push({ line, from, to: from + word.length });
      if (found.length >= FINDINGS_MAX) return found;
      from = lower.indexOf(word, from + word.length);
    }
  }
  return found;
}

export type TokenKind = 'plain' | 'section' | 'comment' | 'key' | 'mask';
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
}

const MASK = /"\*{3,}[^"]*"/;

/** The parts of a line of a telegraf.conf that are worth telling apart. */
export function tokensOf(line: string): readonly Token[] {
  const trimmed = line.trimStart();
  if (trimmed.startsWith('#')) return [{ kind: 'comment', text: line }];
  if (trimmed.startsWith('[')) return [{ kind: 'section', text: line }];
  const key = /^(\s*[\w.-]+)(\s*=)/.exec(line);
  if (key === null) return line === '' ? [] : [{ kind: 'plain', text: line }];
  const rest = line.slice(key[1]?.length ?? 0);
  const mask = MASK.exec(rest);
  return [
    { kind: 'key', text: key[1] ?? '' },
    ...(mask === null
      ? [{ kind: 'plain' as const, text: rest }]
      : [
          { kind: 'plain' as const, text: rest.slice(0, mask.index) },
          { kind: 'mask' as const, text: mask[0] },
          { kind: 'plain' as const, text: rest.slice(mask.index + mask[0].length) },
        ].filter(({ text }) => text !== '')),
  ];
}

export interface Piece extends Token {
  /** Where in the line it begins. */
  readonly at: number;
  /** `true` where the search was found, `current` where the person stands. */
  readonly found: boolean | 'current';
}

/** The tokens of a line cut where findings begin and end. */
export function piecesOf(
  tokens: readonly Token[],
  findings: readonly Finding[],
  current: Finding | undefined,
): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const { kind, text } of tokens) {
    const end = at + text.length;
    let from = at;
    for (const finding of findings) {
      const start = Math.max(finding.from, from);
      const stop = Math.min(finding.to, end);
      if (start >= stop) continue;
      if (start > from)
        pieces.push({ kind, at: from, text: text.slice(from - at, start - at), found: false });
      pieces.push({
        kind,
        at: start,
        text: text.slice(start - at, stop - at),
        found: finding === current ? 'current' : true,
      });
      from = stop;
    }
    if (from < end) pieces.push({ kind, at: from, text: text.slice(from - at), found: false });
    at = end;
  }
  return pieces;
}
