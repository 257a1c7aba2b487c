import type { BigIntStatsFs } from 'node:fs';
import { largestInteger } from '../proc-file.ts';

/** Bytes and inodes of a file system. */
export interface MountUsage {
  readonly total: bigint;
  /** Bytes that an unprivileged user may still take. */
  readonly free: bigint;
  readonly used: bigint;
  readonly inodesTotal: bigint;
  readonly inodesFree: bigint;
  readonly inodesUsed: bigint;
}

/** What a file system tells of itself (statvfs(3)): blocks are counted in fragments, not in the size of transfers. */
export type FileSystemCounts = Pick<
  BigIntStatsFs,
  'blocks' | 'bfree' | 'bavail' | 'frsize' | 'bsize' | 'files' | 'ffree'
>;

/** Turns counts into bytes. No part is more than the whole, or below nothing. */
export function toUsage(counts: FileSystemCounts): MountUsage {
  const size = counts.frsize > 0n ? counts.frsize : counts.bsize;
  const blocks = whole(counts.blocks);
  const files = whole(counts.files);
  const freeBlocks = atMost(whole(counts.bfree), blocks);
  const freeFiles = atMost(whole(counts.ffree), files);
  const bytes = (count: bigint): bigint => largestInteger(count * size);
  return {
    total: bytes(blocks),
    free: bytes(atMost(whole(counts.bavail), blocks)),
    used: bytes(blocks - freeBlocks),
    inodesTotal: files,
    inodesFree: freeFiles,
    inodesUsed: files - freeFiles,
  };
}

const UNSIGNED = 2n ** 64n;
const SIGN = 2n ** 63n;

/** Returns a count; nothing for one below 0, which is what is free where root has taken from what it keeps for itself. */
function whole(count: bigint): bigint {
  return count < 0n || (count >= SIGN && count < UNSIGNED) ? 0n : count;
}

function atMost(part: bigint, all: bigint): bigint {
  return part > all ? all : part;
}
