import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runProcess, writeFileAtomic } from '@stratora/runtime';
import type { Service } from './service.ts';

export interface ReadyFile {
  url: string;
  pid: number;
  ca_file: string;
  version: string;
  services: Record<string, { pid: number; port?: number }>;
}

function path(dataDir: string): string {
  return join(dataDir, 'ready.json');
}

export async function writeReadyFile(dataDir: string, content: ReadyFile): Promise<void> {
  await writeFileAtomic(path(dataDir), `${JSON.stringify(content, null, 2)}\n`, { mode: 0o644 });
}

/** Reads the file; undefined when there is none. @throws when it is damaged */
export async function findReadyFile(dataDir: string): Promise<ReadyFile | undefined> {
  let text: string;
  try {
    text = await readFile(path(dataDir), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const content = JSON.parse(text) as Partial<ReadyFile>;
    const { url, pid, ca_file: caFile, services } = content;
    const isWhole =
      typeof url === 'string' && Number.isInteger(pid) && typeof caFile === 'string' && services;
    if (isWhole) return content as ReadyFile;
  } catch {
    // Said below.
  }
  throw new Error(`${path(dataDir)} is damaged`);
}

export async function removeReadyFile(dataDir: string): Promise<void> {
  await rm(path(dataDir), { force: true });
}

/** Lists the processes that there are now, the engines of components among them. */
export async function listServices(services: readonly Service[]): Promise<ReadyFile['services']> {
  const listed: ReadyFile['services'] = {};
  for (const service of services) {
    const { pid, port } = service;
    if (pid === undefined) continue;
    listed[service.name] = { pid, ...(port === undefined ? {} : { port }) };
    if (service.name !== 'collector' && service.name !== 'agent') continue;
    const engine = (await childrenOf(pid))[0];
    if (engine !== undefined) listed[`${service.name}-engine`] = { pid: engine };
  }
  return listed;
}

async function childrenOf(pid: number): Promise<number[]> {
  if (process.platform === 'linux') return childrenByProc(pid);
  if (process.platform === 'win32') return [];
  const listing = await runProcess({ command: 'ps', args: ['-A', '-o', 'pid=,ppid='], timeoutMs: 5000 });
  return listing.stdout
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter(([, parent]) => parent === pid)
    .map(([child]) => child ?? 0);
}

/** Reads the children of every thread (proc(5)); engines come first, before any short-lived program beside them. */
async function childrenByProc(pid: number): Promise<number[]> {
  const threads = await readdir(`/proc/${pid}/task`).catch(() => []);
  const lists = await Promise.all(
    threads.map((thread) => readFile(`/proc/${pid}/task/${thread}/children`, 'utf8').catch(() => '')),
  );
  const children = lists.flatMap((list) => list.trim().split(' ').filter(Boolean).map(Number));
  const engines: number[] = [];
  for (const child of children) {
    const command = await readFile(`/proc/${child}/cmdline`, 'utf8').catch(() => '');
    if (/\0(engine\0run|--config)\0/.test(command)) engines.push(child);
  }
  return engines;
}
