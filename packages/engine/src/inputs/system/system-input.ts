import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Fields,
  type HostPaths,
  type Input,
  type InputPlugin,
  integer,
  type Sink,
} from '../../input.ts';
import { readText, requireText, wordsOf } from '../proc-file.ts';
import { formatUptime } from './uptime-format.ts';
import { parseUsers } from './utmp.ts';

const PARTS = ['load', 'users', 'cpus', 'uptime'] as const;
type Part = (typeof PARTS)[number];

interface SystemOptions {
  /** The three metrics that there were before parts could be chosen. */
  readonly isLegacy: boolean;
  readonly parts: readonly Part[];
}

export const plugin: InputPlugin<SystemOptions> = {
  name: 'system',
  parse: (options) => {
    const include = options.strings('include');
    for (const name of include) {
      if (name === 'os' || name === 'dmi')
        options.fault('include', `"${name}" is left to the Telegraf engine`);
      else if (name !== 'legacy' && !isPart(name)) options.fault('include', `has no part "${name}"`);
    }
    options.ignore('os_cache_ttl', 'dmi_cache_ttl');
    return {
      isLegacy: include.length === 0 || include.includes('legacy'),
      parts: PARTS.filter((part) => include.includes(part)),
    };
  },
  create: ({ isLegacy, parts }, { host, clock }): Input => ({
    gather: async (sink) => {
      const now = clock.now();
      if (isLegacy) await gatherLegacy(host, sink, now);
      const fields = await Promise.all(parts.map((part) => READERS[part](host)));
      if (fields.length > 0) sink.metric('system', {}, Object.assign({}, ...fields) as Fields, now);
    },
  }),
};

function isPart(name: string): name is Part {
  return PARTS.some((part) => part === name);
}

const READERS: Readonly<Record<Part, (host: HostPaths) => Promise<Fields>>> = {
  load: async (host) => {
    const [load1, load5, load15] = wordsOf(await requireText(join(host.proc, 'loadavg'))).map(Number);
    return { load1, load5, load15 };
  },
  users: async (host) => {
    const users = await readUsers(host);
    return users === undefined
      ? {}
      : { n_users: integer(users.length), n_unique_users: integer(new Set(users).size) };
  },
  cpus: async (host) => ({
    n_cpus: integer(await countProcessors(host)),
    n_physical_cpus: integer(await countCores(host)),
  }),
  uptime: async (host) => ({ uptime: integer(await readUptime(host)) }),
};

async function readUptime(host: HostPaths): Promise<number> {
  return Math.floor(Number(wordsOf(await requireText(join(host.proc, 'uptime')))[0]));
}

async function gatherLegacy(host: HostPaths, sink: Sink, now: number): Promise<void> {
  const [load, cpus, users] = await Promise.all([
    READERS.load(host),
    READERS.cpus(host),
    READERS.users(host),
  ]);
  const uptime = await readUptime(host);
  sink.metric('system', {}, { ...load, ...cpus, ...users }, now);
  sink.metric('system', {}, { uptime: integer(uptime) }, now);
  sink.metric('system', {}, { uptime_format: formatUptime(uptime) }, now);
}

/** Reads the names of who is logged in; undefined on a host that keeps no utmp. */
async function readUsers(host: HostPaths): Promise<readonly string[] | undefined> {
  try {
    return parseUsers(await readFile(join(host.run, 'utmp')));
  } catch {
    return undefined;
  }
}

async function countProcessors(host: HostPaths): Promise<number> {
  const listed = (await readText(join(host.proc, 'cpuinfo')))?.match(/^processor\s*:/gm)?.length ?? 0;
  if (listed > 0) return listed;
  return (await requireText(join(host.proc, 'stat'))).match(/^cpu\d/gm)?.length ?? 0;
}

/** Counts cores, of which each may run several threads: the number of different lists of siblings. */
async function countCores(host: HostPaths): Promise<number> {
  const folder = join(host.sys, 'devices/system/cpu');
  const names = (await readdir(folder).catch(() => [])).filter((name) => /^cpu\d+$/.test(name));
  for (const file of ['core_cpus_list', 'thread_siblings_list']) {
    const lists = await Promise.all(names.map((name) => readText(join(folder, name, 'topology', file))));
    const different = new Set(lists.filter((list) => list !== undefined));
    if (different.size > 0) return different.size;
  }
  const coresBySocket = new Map<string, number>();
  for (const section of ((await readText(join(host.proc, 'cpuinfo'))) ?? '').split('\n\n')) {
    const socket = /^physical id\s*:\s*(\d+)/m.exec(section)?.[1];
    const cores = /^cpu cores\s*:\s*(\d+)/m.exec(section)?.[1];
    if (socket !== undefined && cores !== undefined) coresBySocket.set(socket, Number(cores));
  }
  return [...coresBySocket.values()].reduce((sum, cores) => sum + cores, 0);
}
