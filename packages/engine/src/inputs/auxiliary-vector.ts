import { endianness } from 'node:os';
import { join } from 'node:path';
import type { HostFiles } from './host-files.ts';

/** Sizes that the kernel of this machine counts in. */
export interface KernelUnits {
  readonly pageBytes: bigint;
  /** USER_HZ, the unit of times in /proc. */
  readonly ticksPerSecond: number;
}

/** Entries of the auxiliary vector (getauxval(3)). */
const AT_PAGESZ = 6n;
const AT_CLKTCK = 17n;

const USUAL: KernelUnits = { pageBytes: 4096n, ticksPerSecond: 100 };

/** Reads what the kernel tells each process at its start; the usual sizes where it cannot be read. */
export async function readKernelUnits(files: HostFiles): Promise<KernelUnits> {
  const vector = await files.bytes(join(files.paths.proc, 'self/auxv')).catch(() => undefined);
  const entries = vector === undefined ? new Map<bigint, bigint>() : entriesOf(vector);
  return {
    pageBytes: entries.get(AT_PAGESZ) ?? USUAL.pageBytes,
    ticksPerSecond: Number(entries.get(AT_CLKTCK) ?? USUAL.ticksPerSecond),
  };
}

/** Splits the vector into its pairs, each of two words as wide as a pointer of this process. */
function entriesOf(vector: Buffer): ReadonlyMap<bigint, bigint> {
  const isNarrow = process.arch === 'arm' || process.arch === 'ia32';
  const isLittle = endianness() === 'LE';
  const size = isNarrow ? 4 : 8;
  const wordAt = (at: number): bigint => {
    if (isNarrow) return BigInt(isLittle ? vector.readUInt32LE(at) : vector.readUInt32BE(at));
    return isLittle ? vector.readBigUInt64LE(at) : vector.readBigUInt64BE(at);
  };
  const entries = new Map<bigint, bigint>();
  for (let at = 0; at + 2 * size <= vector.length; at += 2 * size) entries.set(wordAt(at), wordAt(at + size));
  return entries;
}
