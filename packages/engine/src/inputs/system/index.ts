import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type HostPaths, type Input, type InputPlugin, integer } from '../../input.ts';
import { readText, requireText, wordsOf } from '../proc-file.ts';
import { formatUptime } from './uptime-format.ts';
import { parseUsers } from './utmp.ts';

export const plugin: InputPlugin<undefined> = {
  name: 'system',
  parse: () => undefined,
  create: (_, { host, clock }): Input => ({
    gather: async (sink) => {
      const [load1, load5, load15] = wordsOf(await requireText(join(host.proc, 'loadavg'))).map(Number);
      const uptime = Math.floor(Number(wordsOf(await requireText(join(host.proc, 'uptime')))[0]));
      const users = await readUsers(host);
      const now = clock.now();
      sink.metric(
        'system',
        {},
        {
          load1,
          load5,
          load15,
          n_cpus: integer(await countProcessors(host)),
          n_physical_cpus: integer(await countCores(host)),
          n_users: users === undefined ? undefined : integer(users.length),
          n_unique_users: users === undefined ? undefined : integer(new Set(users).size),
        },
        now,
      );
      sink.metric('system', {}, { uptime: integer(uptime) }, now);
      sink.metric('system', {}, { uptime_format: formatUptime(uptime) }, now);
    },
  }),
};

/** Names of who is logged in; undefined on a host that keeps no utmp. */
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

/** Cores, of which each may run several threads: the number of different lists of siblings. */
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
