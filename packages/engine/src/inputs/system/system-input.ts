import { join } from 'node:path';
import { type Fields, type Input, type InputPlugin, integer, type Sink } from '../../input.ts';
import { GatherParts } from '../gather-parts.ts';
import { type HostFiles, hostFilesOf } from '../host-files.ts';
import { wordsOf } from '../proc-file.ts';
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
  create: ({ isLegacy, parts: wanted }, context): Input => ({
    gather: async (sink) => {
      const now = context.clock.now();
      const files = hostFilesOf(context);
      const parts = new GatherParts();
      if (isLegacy) await gatherLegacy(files, { sink, parts, now });
      if (wanted.length > 0) sink.metric('system', {}, await readParts(wanted, files, parts), now);
      parts.finish();
    },
  }),
};

function isPart(name: string): name is Part {
  return PARTS.some((part) => part === name);
}

/** Readers of the parts; what users and processors are counted by fails on its own. */
const READERS: Readonly<Record<Part, (files: HostFiles, parts: GatherParts) => Promise<Fields>>> = {
  load: async (files) => {
    const text = await files.require(join(files.paths.proc, 'loadavg'));
    const [load1, load5, load15] = wordsOf(text).map(Number);
    return { load1, load5, load15 };
  },
  users: async (files) => {
    const users = await readUsers(files);
    return users === undefined
      ? {}
      : { n_users: integer(users.length), n_unique_users: integer(new Set(users).size) };
  },
  cpus: async (files, parts) => {
    const processors = await parts.take(countProcessors(files));
    const cores = await parts.take(countCores(files));
    return {
      n_cpus: integer(processors ?? Number.NaN),
      n_physical_cpus: integer(cores ?? Number.NaN),
    };
  },
  uptime: async (files) => ({ uptime: integer(await readUptime(files)) }),
};

async function readParts(wanted: readonly Part[], files: HostFiles, parts: GatherParts): Promise<Fields> {
  const fields = await Promise.all(wanted.map((part) => parts.take(READERS[part](files, parts))));
  return Object.assign({}, ...fields) as Fields;
}

async function readUptime(files: HostFiles): Promise<number> {
  return Math.floor(Number(wordsOf(await files.require(join(files.paths.proc, 'uptime')))[0]));
}

async function gatherLegacy(
  files: HostFiles,
  { sink, parts, now }: { readonly sink: Sink; readonly parts: GatherParts; readonly now: number },
): Promise<void> {
  const uptime = parts.take(readUptime(files));
  sink.metric('system', {}, await readParts(['load', 'cpus', 'users'], files, parts), now);
  const seconds = await uptime;
  if (seconds === undefined) return;
  sink.metric('system', {}, { uptime: integer(seconds) }, now);
  sink.metric('system', {}, { uptime_format: formatUptime(seconds) }, now);
}

/** Reads the names of who is logged in; undefined on a host that keeps no utmp. */
async function readUsers(files: HostFiles): Promise<readonly string[] | undefined> {
  const utmp = await files.bytes(join(files.paths.run, 'utmp'));
  return utmp === undefined ? undefined : parseUsers(utmp);
}

async function countProcessors(files: HostFiles): Promise<number> {
  const { proc } = files.paths;
  const listed = (await files.text(join(proc, 'cpuinfo')))?.match(/^processor\s*:/gm)?.length ?? 0;
  if (listed > 0) return listed;
  return (await files.require(join(proc, 'stat'))).match(/^cpu\d/gm)?.length ?? 0;
}

/** Counts cores, of which each may run several threads: the number of different lists of siblings. */
async function countCores(files: HostFiles): Promise<number> {
  const folder = join(files.paths.sys, 'devices/system/cpu');
  const names = (await files.list(folder)).filter((name) => /^cpu\d+$/.test(name));
  for (const file of ['core_cpus_list', 'thread_siblings_list']) {
    const different = new Set<string>();
    for (const name of names) {
      const list = await files.text(join(folder, name, 'topology', file));
      if (list !== undefined) different.add(list);
    }
    if (different.size > 0) return different.size;
  }
  const coresBySocket = new Map<string, number>();
  for (const section of ((await files.text(join(files.paths.proc, 'cpuinfo'))) ?? '').split('\n\n')) {
    const socket = /^physical id\s*:\s*(\d+)/m.exec(section)?.[1];
    const cores = /^cpu cores\s*:\s*(\d+)/m.exec(section)?.[1];
    if (socket !== undefined && cores !== undefined) coresBySocket.set(socket, Number(cores));
  }
  return [...coresBySocket.values()].reduce((sum, cores) => sum + cores, 0);
}
