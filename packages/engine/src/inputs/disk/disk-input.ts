import { join } from 'node:path';
import {
  type Fields,
  GatherError,
  type Input,
  type InputContext,
  type InputPlugin,
  type Sink,
} from '../../input.ts';
import { readLabel } from '../block-device.ts';
import { GatherParts } from '../gather-parts.ts';
import { type HostFiles, hostFilesOf } from '../host-files.ts';
import { type Mount, readMounts } from './mount-table.ts';
import type { MountUsage } from './mount-usage.ts';
import { UsageReader } from './usage-reader.ts';

interface DiskOptions {
  readonly mountPoints: ReadonlySet<string>;
  readonly ignoreFs: ReadonlySet<string>;
  readonly ignoreMountOptions: ReadonlySet<string>;
}

/** Longest wait for one file system. */
const MOUNT_TIMEOUT_MS = 2000;
/** Most silent file systems that are named. */
const MAX_NAMED = 5;

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

/** Usage of the file systems that are mounted on the host. */
export class DiskInput implements Input {
  readonly #options: DiskOptions;
  readonly #context: InputContext;
  readonly #files: HostFiles;
  readonly #usage: UsageReader;
  /** Labels by device, for when they cannot be read: a series keeps its tags. */
  readonly #labels = new Map<string, string | undefined>();

  constructor(options: DiskOptions, context: InputContext, command?: string) {
    this.#options = options;
    this.#context = context;
    this.#files = hostFilesOf(context);
    this.#usage = new UsageReader(this.#files, command);
  }

  async gather(sink: Sink, signal: AbortSignal): Promise<void> {
    const mounts = await readMounts(this.#files);
    const paths = new Set(mounts.map(({ path }) => path));
    const asked = mounts.flatMap((mount) => {
      const path = this.#isWanted(mount) ? this.#pathHere(mount, paths) : undefined;
      return path === undefined ? [] : [{ id: mount.id, path, mount }];
    });
    const answers = await this.#usage.read(asked, Math.min(MOUNT_TIMEOUT_MS, this.#context.deadlineMs / 3));
    const parts = new GatherParts();
    for (const { id, mount } of asked) {
      signal.throwIfAborted();
      const usage = answers.get(id);
      if (usage === undefined || usage === 'silent' || usage.total === 0n) continue;
      const device = mount.device === 'none' || mount.device === '' ? mount.fstype : mount.device;
      const name = device.replaceAll('/dev/', '');
      const label = mount.device.startsWith('/dev/') ? await this.#labelOf(name, parts) : undefined;
      const tags = {
        path: this.#pathOfHost(mount),
        device: name,
        fstype: mount.fstype,
        mode: modeOf(mount),
        label,
      };
      sink.metric('disk', tags, fieldsOf(usage));
    }
    const silent = asked.filter(({ id }) => answers.get(id) === 'silent');
    if (silent.length > 0) {
      const paths = silent.map(({ mount }) => this.#pathOfHost(mount));
      await parts.take(Promise.reject(new GatherError('timeout', silenceOf(paths))));
    }
    parts.finish();
  }

  async #labelOf(name: string, parts: GatherParts): Promise<string | undefined> {
    await parts.take(async () => this.#labels.set(name, await readLabel(this.#files, name)));
    return this.#labels.get(name);
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

/** Says which file systems do not answer. */
function silenceOf(paths: readonly string[]): string {
  const named = paths.slice(0, MAX_NAMED).join(', ');
  const more = paths.length > MAX_NAMED ? ` and ${paths.length - MAX_NAMED} more` : '';
  return paths.length === 1
    ? `The file system at ${named} does not answer.`
    : `The file systems at ${named}${more} do not answer.`;
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
