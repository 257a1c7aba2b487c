import { endianness } from 'node:os';

/** A layout of a record of utmp (utmp(5)): all have the same fields up to the session, in words that differ. */
interface Layout {
  readonly recordBytes: number;
  /** Offset of the microseconds, whose range tells the layouts apart. */
  readonly microsecondsAt: number;
}

/** Times of 32 bits, on platforms that once had programs of 32 bits, x86 among them. */
const NARROW: Layout = { recordBytes: 384, microsecondsAt: 344 };
/** Times of 64 bits: arm64, riscv64, loongarch. */
const WIDE: Layout = { recordBytes: 400, microsecondsAt: 352 };

const LINE_OFFSET = 8;
const LINE_BYTES = 32;
const USER_OFFSET = 44;
const USER_BYTES = 32;
const USER_PROCESS = 7;
/** ACCOUNTING, the highest type of a record. */
const LAST_TYPE = 9;
const IS_LITTLE = endianness() === 'LE';

/**
 * Parses the user names of all sessions in a utmp file. Its layout is told by what is in it: the platform of who wrote it
 * need not be that of this program.
 */
export function parseUsers(utmp: Buffer): readonly string[] {
  const users: string[] = [];
  const { recordBytes } = layoutOf(utmp);
  for (let at = 0; at + recordBytes <= utmp.length; at += recordBytes) {
    const user = textAt(utmp, at + USER_OFFSET, USER_BYTES);
    if (typeAt(utmp, at) === USER_PROCESS && user !== '') users.push(user);
  }
  return users;
}

function layoutOf(utmp: Buffer): Layout {
  const [narrow, wide] = [senseOf(utmp, NARROW), senseOf(utmp, WIDE)];
  if (narrow !== wide) return narrow > wide ? NARROW : WIDE;
  return utmp.length % WIDE.recordBytes === 0 && utmp.length % NARROW.recordBytes !== 0 ? WIDE : NARROW;
}

/** Counts the records that make sense in a layout, less those that make none. */
function senseOf(utmp: Buffer, { recordBytes, microsecondsAt }: Layout): number {
  let sense = 0;
  for (let at = 0; at + recordBytes <= utmp.length; at += recordBytes) {
    const type = typeAt(utmp, at);
    const micros = IS_LITTLE ? utmp.readInt32LE(at + microsecondsAt) : wideLow(utmp, at, microsecondsAt);
    const line = textAt(utmp, at + LINE_OFFSET, LINE_BYTES);
    const user = textAt(utmp, at + USER_OFFSET, USER_BYTES);
    const isEmpty = type === 0 && line === '' && user === '';
    if (isEmpty) continue;
    const isSound =
      type > 0 && type <= LAST_TYPE && micros >= 0 && micros < 1_000_000 && isPlain(line) && isPlain(user);
    sense += isSound && (type !== USER_PROCESS || user !== '') ? 1 : -1;
  }
  return sense;
}

function isPlain(text: string): boolean {
  return Array.from(text).every((letter) => letter >= ' ' && letter !== '\x7f');
}

/** Reads the low word of the microseconds where the high one comes first. */
function wideLow(utmp: Buffer, at: number, offset: number): number {
  return utmp.readInt32BE(at + offset + (offset === WIDE.microsecondsAt ? 4 : 0));
}

function typeAt(utmp: Buffer, at: number): number {
  return IS_LITTLE ? utmp.readInt16LE(at) : utmp.readInt16BE(at);
}

function textAt(utmp: Buffer, from: number, bytes: number): string {
  const text = utmp.toString('latin1', from, from + bytes);
  const end = text.indexOf('\0');
  return end < 0 ? text : text.slice(0, end);
}
