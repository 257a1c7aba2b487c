import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Clock, makeDirectory, sleep, systemClock, writeFileAtomic } from '@stratora/runtime';
import { identify, isRunning, type ProcessIdentity, sendSignal } from './process-identity.ts';

/** A child that a launcher has started, as kept in DATA/run/children for the launcher after it. */
export interface ChildRecord extends ProcessIdentity {
  name: string;
  stopSignal: NodeJS.Signals;
}

const SUFFIX = '.json';
const POLL_MS = 50;

function directory(dataDir: string): string {
  return join(dataDir, 'run', 'children');
}

export async function recordChild(
  dataDir: string,
  child: { name: string; pid: number; stopSignal: NodeJS.Signals },
): Promise<void> {
  const record: ChildRecord = { ...identify(child.pid), name: child.name, stopSignal: child.stopSignal };
  await makeDirectory(directory(dataDir), 0o755);
  await writeFileAtomic(join(directory(dataDir), child.name + SUFFIX), JSON.stringify(record));
}

export async function forgetChild(dataDir: string, name: string): Promise<void> {
  await rm(join(directory(dataDir), name + SUFFIX), { force: true });
}

async function readRecords(dataDir: string): Promise<ChildRecord[]> {
  const names = await readdir(directory(dataDir)).catch(() => []);
  const records: ChildRecord[] = [];
  for (const name of names.filter((candidate) => candidate.endsWith(SUFFIX))) {
    try {
      records.push(JSON.parse(await readFile(join(directory(dataDir), name), 'utf8')) as ChildRecord);
    } catch {
      // The record was cut short by a power cut: then no process of that boot is left either.
    }
  }
  return records;
}

export interface OrphanOptions {
  graceMs: number;
  onFound?: (record: ChildRecord) => void;
  clock?: Clock;
}

/**
 * Ends the rest of a process group whose leader is gone, such as nginx workers that outlive a killed master and hold
 * its port. The kernel gives a pid to nobody else while a group has that number, so this hits only what is left.
 */
export function endLeaderlessGroup(pid: number): void {
  if (!sendSignal(pid, 0)) sendSignal(pid, 'SIGKILL', true);
}

/**
 * Ends the children that a killed launcher has left behind: first by each one's stop signal, and past `graceMs` by
 * SIGKILL to its whole process group. Only processes that are still the recorded ones are touched.
 * @returns the names of those found alive
 */
export async function endOrphans(dataDir: string, options: OrphanOptions): Promise<string[]> {
  const { graceMs, onFound, clock = systemClock } = options;
  const records = await readRecords(dataDir);
  const alive = records.filter(isRunning);
  for (const record of records) endLeaderlessGroup(record.pid);
  await Promise.all(
    alive.map(async (record) => {
      onFound?.(record);
      sendSignal(record.pid, record.stopSignal);
      const endsAt = clock.monotonic() + graceMs;
      while (isRunning(record) && clock.monotonic() < endsAt) await sleep(POLL_MS, clock);
      if (isRunning(record) && !sendSignal(record.pid, 'SIGKILL', true)) sendSignal(record.pid, 'SIGKILL');
      while (isRunning(record)) await sleep(POLL_MS, clock);
    }),
  );
  await rm(directory(dataDir), { recursive: true, force: true });
  return alive.map((record) => record.name);
}
