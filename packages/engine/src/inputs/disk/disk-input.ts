import { join } from 'node:path';
import type { Fields, Input, InputContext, InputPlugin, Sink } from '../../input.ts';
import { readLabel } from '../block-device.ts';
import { type Mount, readMounts } from './mount-table.ts';
import { type MountUsage, UsageReader } from './mount-usage.ts';

interface DiskOptions {
  readonly mountPoints: ReadonlySet<string>;
  readonly ignoreFs: ReadonlySet<string>;
  readonly ignoreMountOptions: ReadonlySet<string>;
}

/** Longest wait for one file system. */
const MOUNT_TIMEOUT_MS = 2000;

export const plugin: InputPlugin<DiskOptions> = {
  name: 'disk',
  parse: (options) => ({
    mountPoints: new Set(options.strings('mount_points')),
    // A look at an autofs mount would mount it.
    ignoreFs: new Set([...options.strings('ignore_fs'), 'autofs']),
    ignoreMountOptions: new Set(options.strings('ignore_mount_opts')),
  }),
  create: (options, context) => new DiskInput(options, context),
};

class DiskInput implements Input {
  readonly #options: DiskOptions;
  readonly #context: InputContext;
  readonly #usage: UsageReader;

  constructor(options: DiskOptions, context: InputContext) {
    this.#options = options;
    this.#context = context;
    this.#usage = new UsageReader(context.clock);
  }

  async gather(sink: Sink, signal: AbortSignal): Promise<void> {
    const { host, deadlineMs } = this.#context;
    const mounts = await readMounts(host);
    const paths = new Set(mounts.map(({ path }) => path));
    const seen = new Set<string>();
    for (const mount of mounts) {
      signal.throwIfAborted();
      const key = `${mount.path}\0${mount.device}\0${mount.fstype}`;
      const from = this.#pathHere(mount, paths);
      if (!this.#isWanted(mount) || seen.has(key) || from === undefined) continue;
      seen.add(key);
      const usage = await this.#usage.read(from, Math.min(MOUNT_TIMEOUT_MS, deadlineMs / 4));
      if (usage === undefined || usage.total === 0n) continue;
      const device = mount.device === 'none' || mount.device === '' ? mount.fstype : mount.device;
      const name = device.replaceAll('/dev/', '');
      const label = mount.device.startsWith('/dev/') ? await readLabel(host, name) : undefined;
      const tags = {
        path: this.#pathOfHost(mount),
        device: name,
        fstype: mount.fstype,
        mode: modeOf(mount),
        label,
      };
      sink.metric('disk', tags, fieldsOf(usage));
    }
  }

  #isWanted({ path, fstype, options }: Mount): boolean {
    const { mountPoints, ignoreFs, ignoreMountOptions } = this.#options;
    if (mountPoints.size > 0 && !mountPoints.has(path)) return false;
    return !ignoreFs.has(fstype) && !options.some((option) => ignoreMountOptions.has(option));
  }

  /** Returns the path of the mount for this process; undefined where something else is in that place. */
  #pathHere({ path }: Mount, paths: ReadonlySet<string>): string | undefined {
    const { mountPrefix } = this.#context.host;
    if (mountPrefix === '' || path.startsWith(mountPrefix)) return path;
    const here = join(mountPrefix, path);
    return paths.has(here) ? undefined : here;
  }

  #pathOfHost({ path }: Mount): string {
    const { mountPrefix } = this.#context.host;
    return mountPrefix !== '' && path.startsWith(mountPrefix)
      ? join('/', path.slice(mountPrefix.length))
      : path;
  }
}

function modeOf({ options }: Mount): string {
  if (options.includes('rw')) return 'rw';
  return options.includes('ro') ? 'ro' : 'unknown';
}

function fieldsOf(usage: MountUsage): Fields {
  return {
    total: usage.total,
    free: usage.free,
    used: usage.used,
    used_percent: share(usage.used, usage.free),
    inodes_total: usage.inodesTotal,
    inodes_free: usage.inodesFree,
    inodes_used: usage.inodesUsed,
    inodes_used_percent: share(usage.inodesUsed, usage.inodesFree),
  };
}

/** Returns the percent of used in used and free: what root keeps for itself counts as neither. */
function share(used: bigint, free: bigint): number {
  const all = used + free;
  return all > 0n ? (Number(used) / Number(all)) * 100 : 0;
}
