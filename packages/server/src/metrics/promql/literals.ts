/** Values that the grammar knows as text, read as Prometheus reads them. Each reader gives undefined for a bad text. */

/** One character behind a backslash in a quoted text. */
const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
};

/** Escapes of bytes and code points: `\x41`, `\101`, `\u0041`, `\U00000041`. */
const NUMERIC_ESCAPE = /\\(?:x([0-9a-fA-F]{2})|([0-7]{3})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/y;

/** Reads a text in quotes, double or single ones with escapes, or backquotes without. */
export function readString(source: string): string | undefined {
  const quote = source[0] ?? '';
  if (quote === '`') return /^`[^`]*`$/.test(source) ? source.slice(1, -1) : undefined;
  if (quote !== '"' && quote !== "'") return undefined;
  const bytes: Uint8Array[] = [];
  let at = 1;
  while (at < source.length) {
    if (source[at] === quote) return at === source.length - 1 ? decode(bytes) : undefined;
    const piece = source[at] === '\\' ? readEscape(source, at, quote) : readPlain(source, at, quote);
    if (piece === undefined) return undefined;
    bytes.push(piece.bytes);
    at = piece.end;
  }
  return undefined;
}

interface Piece {
  bytes: Uint8Array;
  end: number;
}

function readPlain(source: string, at: number, quote: string): Piece | undefined {
  let end = at;
  while (end < source.length && source[end] !== quote && source[end] !== '\\') {
    if (source[end] === '\n') return undefined;
    end += 1;
  }
  const text = source.slice(at, end);
  return text.isWellFormed() ? { bytes: Buffer.from(text, 'utf8'), end } : undefined;
}

function readEscape(source: string, at: number, quote: string): Piece | undefined {
  const letter = source[at + 1] ?? '';
  const simple = SIMPLE_ESCAPES[letter];
  if (simple !== undefined) {
    const isOtherQuote = (letter === '"' || letter === "'") && letter !== quote;
    return isOtherQuote ? undefined : { bytes: Buffer.from(simple), end: at + 2 };
  }
  NUMERIC_ESCAPE.lastIndex = at;
  const match = NUMERIC_ESCAPE.exec(source);
  if (!match) return undefined;
  const [all, hex, octal, short, long] = match;
  const end = at + all.length;
  if (hex !== undefined) return { bytes: Uint8Array.of(Number.parseInt(hex, 16)), end };
  if (octal !== undefined) {
    const byte = Number.parseInt(octal, 8);
    return byte > 255 ? undefined : { bytes: Uint8Array.of(byte), end };
  }
  const code = Number.parseInt(short ?? long ?? '', 16);
  const isCharacter = code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return isCharacter ? { bytes: Buffer.from(String.fromCodePoint(code)), end } : undefined;
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decode(pieces: readonly Uint8Array[]): string | undefined {
  try {
    return UTF8.decode(Buffer.concat(pieces));
  } catch {
    // Bytes that are no text: no label has such a value, since ingest takes text alone.
    return undefined;
  }
}

const UNIT_MS = {
  y: 31_536_000_000,
  w: 604_800_000,
  d: 86_400_000,
  h: 3_600_000,
  m: 60_000,
  s: 1_000,
  ms: 1,
};
const DURATION = /^(?:\d+y)?(?:\d+w)?(?:\d+d)?(?:\d+h)?(?:\d+m)?(?:\d+s)?(?:\d+ms)?$/;

/** Reads a duration such as `1h30m`, or a number of seconds, to whole milliseconds. */
export function readDurationMs(source: string): number | undefined {
  const ms = durationMs(source) ?? (readPlainNumber(source) ?? Number.NaN) * 1_000;
  const whole = Math.round(ms);
  return Number.isSafeInteger(whole) && Math.abs(ms - whole) < 1e-6 ? whole : undefined;
}

/** Reads an unsigned number; a duration is a number of seconds. */
export function readNumber(source: string): number | undefined {
  const ms = durationMs(source);
  return ms === undefined ? readPlainNumber(source) : ms / 1_000;
}

function durationMs(source: string): number | undefined {
  if (source === '' || !DURATION.test(source)) return undefined;
  let sum = 0;
  for (const [, amount, unit] of source.matchAll(/(\d+)(ms|[ywdhms])/g)) {
    sum += Number(amount) * UNIT_MS[unit as keyof typeof UNIT_MS];
  }
  return sum;
}

function readPlainNumber(source: string): number | undefined {
  if (/^inf$/i.test(source)) return Infinity;
  if (/^nan$/i.test(source)) return Number.NaN;
  const digits = source.replaceAll('_', '');
  // 010 is 8 to some and 10 to others.
  if (digits === '' || /^0\d/.test(digits)) return undefined;
  const value = Number(digits);
  return Number.isFinite(value) ? value : undefined;
}

/** Writes a duration in its largest unit that divides it. */
export function durationText(ms: number): string {
  for (const unit of ['d', 'h', 'm', 's'] as const) {
    if (ms % UNIT_MS[unit] === 0) return ms === 0 ? '0s' : `${ms / UNIT_MS[unit]}${unit}`;
  }
  return `${ms}ms`;
}
