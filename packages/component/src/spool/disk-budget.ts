import { statfs } from 'node:fs/promises';

export interface DiskSpace {
  freeBytes: number;
  totalBytes: number;
}

/** Share of the disk that the spool leaves to others. */
const RESERVED_SHARE = 0.05;

export async function readDiskSpace(path: string): Promise<DiskSpace> {
  const stats = await statfs(path);
  return { freeBytes: stats.bavail * stats.bsize, totalBytes: stats.blocks * stats.bsize };
}

/**
 * Computes the bytes that the spool may hold until the next look at the disk: its bound, never more than half of what
 * would be free without it, and no growth while less than 5 % of the disk is free.
 * @param ownBytes bytes that it held at that look at the disk
 */
export function spoolLimit(maxBytes: number, ownBytes: number, disk: DiskSpace): number {
  const half = Math.floor((disk.freeBytes + ownBytes) / 2);
  const spare = disk.freeBytes - disk.totalBytes * RESERVED_SHARE;
  const growth = spare > 0 ? ownBytes + Math.floor(spare) : ownBytes;
  return Math.max(0, Math.min(maxBytes, half, growth));
}
