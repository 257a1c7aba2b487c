import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { compileGlobs, type NameFilter } from '../../glob-filter.ts';
import type { Fields, HostPaths, Input, InputPlugin, Sink } from '../../input.ts';
import { parseCount, readText, requireText, wordsOf } from '../proc-file.ts';

/** Bits of the flags of an interface (netdevice(7)). */
const IFF_UP = 0x1;
const IFF_LOOPBACK = 0x8;

/** Largest speed that a driver can mean: SPEED_UNKNOWN is -1 in 32 bits (linux/ethtool.h). */
const MOST_SPEED = 2n ** 31n - 1n;

export const plugin: InputPlugin<NameFilter | undefined> = {
  name: 'net',
  parse: (options) => {
    // Telegraf's own input has stopped to report protocols; the option stays without effect.
    options.ignore('ignore_protocol_stats');
    return compileGlobs(options.strings('interfaces'));
  },
  create: (wanted, { host }): Input => ({ gather: (sink) => gatherInterfaces(wanted, host, sink) }),
};

async function gatherInterfaces(wanted: NameFilter | undefined, host: HostPaths, sink: Sink): Promise<void> {
  // In the network namespace of the host's init where /proc is not our own.
  const isForeign = host.proc !== '/proc';
  const file = isForeign ? '1/net/dev' : 'net/dev';
  const text = (await readText(join(host.proc, file))) ?? (await requireText(join(host.proc, 'net/dev')));
  const folder = join(host.sys, 'class/net');
  const known = new Set(await readdir(folder).catch(() => []));
  for (const line of text.split('\n').slice(2)) {
    const colon = line.lastIndexOf(':');
    if (colon < 0) continue;
    const name = line.slice(0, colon).trim();
    // A name is a name of a folder below; the kernel allows no slash in it.
    if (name === '' || name.includes('/') || name.startsWith('.')) continue;
    if (wanted === undefined ? !isForeign && !(await isUp(folder, name, known)) : !wanted(name)) continue;
    const speed = (await readText(join(folder, name, 'speed')))?.trim() ?? '';
    sink.metric('net', { interface: name }, counters(wordsOf(line.slice(colon + 1)), speed));
  }
}

/** True for interfaces that are up and not the loopback: what is reported when none are named. */
async function isUp(folder: string, name: string, known: ReadonlySet<string>): Promise<boolean> {
  // Without a /sys to look at nothing can be told apart.
  if (known.size === 0) return true;
  if (!known.has(name)) return false;
  const flags = Number((await readText(join(folder, name, 'flags')))?.trim() ?? Number.NaN);
  return (flags & IFF_UP) !== 0 && (flags & IFF_LOOPBACK) === 0;
}

function counters(columns: readonly string[], speed: string): Fields {
  return {
    bytes_recv: parseCount(columns[0]),
    packets_recv: parseCount(columns[1]),
    err_in: parseCount(columns[2]),
    drop_in: parseCount(columns[3]),
    bytes_sent: parseCount(columns[8]),
    packets_sent: parseCount(columns[9]),
    err_out: parseCount(columns[10]),
    drop_out: parseCount(columns[11]),
    speed: speedOf(speed),
  };
}

/** Parses the speed in Mbit/s; -1 where it is not known, which some drivers print as an unsigned number. */
function speedOf(text: string): bigint {
  const speed = parseCount(text) ?? -1n;
  return speed > MOST_SPEED ? -1n : speed;
}
