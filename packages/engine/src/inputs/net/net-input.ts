import { join } from 'node:path';
import { compileGlobs, type NameFilter } from '../../glob-filter.ts';
import type { Fields, Input, InputPlugin, Sink } from '../../input.ts';
import { GatherParts } from '../gather-parts.ts';
import { type HostFiles, hostFilesOf } from '../host-files.ts';
import { parseCount, wordsOf } from '../proc-file.ts';

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
  create: (wanted, context): Input => ({
    gather: (sink) => gatherInterfaces(wanted, hostFilesOf(context), sink),
  }),
};

async function gatherInterfaces(wanted: NameFilter | undefined, files: HostFiles, sink: Sink): Promise<void> {
  const { proc, sys } = files.paths;
  // In the network namespace of the host's init where /proc is not our own.
  const isForeign = proc !== '/proc';
  const file = isForeign ? '1/net/dev' : 'net/dev';
  const text = (await files.text(join(proc, file), 'needed')) ?? (await files.require(join(proc, 'net/dev')));
  const folder = join(sys, 'class/net');
  const parts = new GatherParts();
  const known = new Set(await parts.take(files.list(folder)));
  for (const line of text.split('\n').slice(2)) {
    const colon = line.lastIndexOf(':');
    if (colon < 0) continue;
    const name = line.slice(0, colon).trim();
    // A name is a name of a folder below; the kernel allows no slash in it.
    if (name === '' || name.includes('/') || name.startsWith('.')) continue;
    const isShown =
      wanted === undefined ? isForeign || (await isUp(files, name, { known, parts })) : wanted(name);
    if (!isShown) continue;
    const speed = await parts.take(async () => speedOf(await files.text(join(folder, name, 'speed'))));
    sink.metric('net', { interface: name }, { ...counters(wordsOf(line.slice(colon + 1))), speed });
  }
  parts.finish();
}

/** True for interfaces that are up and not the loopback: what is reported when none are named. */
async function isUp(
  files: HostFiles,
  name: string,
  { known, parts }: { readonly known: ReadonlySet<string>; readonly parts: GatherParts },
): Promise<boolean> {
  // Without a /sys to look at nothing can be told apart.
  if (known.size === 0) return true;
  if (!known.has(name)) return false;
  let isSilent = true;
  const text = await parts.take(async () => {
    const flags = await files.text(join(files.paths.sys, 'class/net', name, 'flags'));
    isSilent = false;
    return flags;
  });
  if (isSilent) return name !== 'lo';
  const flags = Number(text?.trim() ?? Number.NaN);
  return (flags & IFF_UP) !== 0 && (flags & IFF_LOOPBACK) === 0;
}

function counters(columns: readonly string[]): Fields {
  return {
    bytes_recv: parseCount(columns[0]),
    packets_recv: parseCount(columns[1]),
    err_in: parseCount(columns[2]),
    drop_in: parseCount(columns[3]),
    bytes_sent: parseCount(columns[8]),
    packets_sent: parseCount(columns[9]),
    err_out: parseCount(columns[10]),
    drop_out: parseCount(columns[11]),
  };
}

/** Parses the speed in Mbit/s; -1 where it is not known, which some drivers print as an unsigned number. */
function speedOf(text: string | undefined): bigint {
  const speed = parseCount(text?.trim()) ?? -1n;
  return speed > MOST_SPEED ? -1n : speed;
}
