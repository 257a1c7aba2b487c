import { largestInteger, parseCount, wordsOf } from '../proc-file.ts';

/** Counters of one block device since boot (the kernel's iostats.rst); times in ms. */
export interface DiskCounters {
  readonly name: string;
  readonly reads: bigint;
  readonly mergedReads: bigint;
  readonly readBytes: bigint;
  readonly readTime: bigint;
  readonly writes: bigint;
  readonly mergedWrites: bigint;
  readonly writeBytes: bigint;
  readonly writeTime: bigint;
  readonly inProgress: bigint;
  readonly ioTime: bigint;
  readonly weightedIoTime: bigint;
}

/** Size of the sectors that /proc/diskstats counts in, whatever the device's own. */
const SECTOR_BYTES = 512n;

/** Kernels that count a request out twice print what is below 0 as an unsigned number. */
const MOST_IN_PROGRESS = 2n ** 31n - 1n;

/** Reads /proc/diskstats; devices that have never done anything are left out. */
export function parseDiskStats(text: string): readonly DiskCounters[] {
  const disks: DiskCounters[] = [];
  for (const line of text.split('\n')) {
    const words = wordsOf(line);
    const name = words[2] ?? '';
    const counts = words.slice(3, 14).map((word) => parseCount(word) ?? 0n);
    if (counts.length < 11 || name === '' || name.startsWith('.') || counts.every((count) => count === 0n))
      continue;
    const at = (position: number): bigint => counts[position] ?? 0n;
    disks.push({
      name,
      reads: at(0),
      mergedReads: at(1),
      readBytes: largestInteger(at(2) * SECTOR_BYTES),
      readTime: at(3),
      writes: at(4),
      mergedWrites: at(5),
      writeBytes: largestInteger(at(6) * SECTOR_BYTES),
      writeTime: at(7),
      inProgress: at(8) > MOST_IN_PROGRESS ? 0n : at(8),
      ioTime: at(9),
      weightedIoTime: at(10),
    });
  }
  return disks;
}
