import { basename, join } from 'node:path';
import { compileGlobs, type NameFilter } from '../../glob-filter.ts';
import type { FieldValue, Input, InputContext, InputPlugin, Sink } from '../../input.ts';
import { readUdev, type UdevProperties } from '../block-device.ts';
import { GatherParts } from '../gather-parts.ts';
import { type HostFiles, hostFilesOf } from '../host-files.ts';
import { type DiskCounters, parseDiskStats } from './disk-counters.ts';

interface DiskioOptions {
  readonly devices: readonly string[];
  readonly deviceTags: readonly string[];
  readonly nameTemplates: readonly string[];
  readonly skipSerialNumber: boolean;
}

/** What is known of a disk besides its counters. */
interface DiskFacts {
  readonly udev: UdevProperties;
  readonly wwid?: string | undefined;
  readonly serial?: string | undefined;
}

const NO_FACTS: DiskFacts = { udev: new Map() };

export const plugin: InputPlugin<DiskioOptions> = {
  name: 'diskio',
  parse: (options) => ({
    devices: options.strings('devices'),
    deviceTags: options.strings('device_tags'),
    nameTemplates: options.strings('name_templates'),
    skipSerialNumber: options.boolean('skip_serial_number', true),
  }),
  create: (options, context) => new DiskioInput(options, context),
};

class DiskioInput implements Input {
  readonly #options: DiskioOptions;
  readonly #context: InputContext;
  readonly #files: HostFiles;
  readonly #globs: NameFilter | undefined;
  /** What is known of each disk besides its counters, for when it cannot be read: a series keeps its tags. */
  readonly #facts = new Map<string, DiskFacts>();
  #last = new Map<string, DiskCounters>();
  #lastAt = 0;

  constructor(options: DiskioOptions, context: InputContext) {
    this.#options = options;
    this.#context = context;
    this.#files = hostFilesOf(context);
    const hasGlob = options.devices.some((device) => /[*?[]/.test(device));
    this.#globs = hasGlob ? compileGlobs(options.devices) : undefined;
  }

  async gather(sink: Sink): Promise<void> {
    const parts = new GatherParts();
    const disks = parseDiskStats(await this.#files.require(join(this.#files.paths.proc, 'diskstats')));
    const at = this.#context.clock.monotonic();
    const names = await this.#namedDevices();
    const last = this.#last;
    const elapsedMs = at - this.#lastAt;
    this.#last = new Map(disks.map((disk) => [disk.name, disk]));
    this.#lastAt = at;
    for (const disk of disks) {
      if (names !== undefined && !names.has(disk.name)) continue;
      await parts.take(async () => this.#facts.set(disk.name, await this.#readFacts(disk.name)));
      const { udev, wwid, serial } = this.#facts.get(disk.name) ?? NO_FACTS;
      if (this.#globs !== undefined && !this.#matches(this.#globs, disk.name, udev)) continue;
      const tags = this.#tagsOf(disk.name, udev, { wwid, serial });
      sink.metric('diskio', tags, fieldsOf(disk, last.get(disk.name), elapsedMs));
    }
    parts.finish();
  }

  /** Finds the devices that were named without a pattern, links followed; undefined when all or patterns are wanted. */
  async #namedDevices(): Promise<ReadonlySet<string> | undefined> {
    const { devices } = this.#options;
    if (this.#globs !== undefined || devices.length === 0) return undefined;
    const paths = devices.map(async (device) => {
      const path = device.startsWith('/') ? device : join('/dev', device);
      return basename((await this.#files.real(path).catch(() => undefined)) ?? path);
    });
    return new Set(await Promise.all(paths));
  }

  #needsUdev(): boolean {
    const { deviceTags, nameTemplates, skipSerialNumber } = this.#options;
    return (
      this.#globs !== undefined || deviceTags.length > 0 || nameTemplates.length > 0 || !skipSerialNumber
    );
  }

  #matches(globs: NameFilter, name: string, udev: UdevProperties): boolean {
    const links = (udev.get('DEVLINKS') ?? '').split(' ');
    return globs(name) || links.some((link) => link !== '' && globs(link.replace(/^\/dev\//, '')));
  }

  async #readFacts(name: string): Promise<DiskFacts> {
    const files = this.#files;
    const at = (file: string): string => join(files.paths.sys, 'block', name, file);
    const udev = this.#needsUdev() ? await readUdev(files, name) : NO_FACTS.udev;
    const wwid = (await files.text(at('wwid')))?.trim();
    if (this.#options.skipSerialNumber) return { udev, wwid };
    const serial = udev.get('ID_SERIAL') ?? (await files.text(at('device/serial')))?.trim();
    return { udev, wwid, serial: serial || 'unknown' };
  }

  #tagsOf(
    name: string,
    udev: UdevProperties,
    { wwid, serial }: Omit<DiskFacts, 'udev'>,
  ): Record<string, string | undefined> {
    const tags: Record<string, string | undefined> = { name: this.#nameOf(name, udev), wwid };
    for (const property of this.#options.deviceTags) tags[property] = udev.get(property);
    return this.#options.skipSerialNumber ? tags : { ...tags, serial };
  }

  /** Renders the first template of which udev knows every property, else the device's own name. */
  #nameOf(name: string, udev: UdevProperties): string {
    for (const template of this.#options.nameTemplates) {
      let isComplete = true;
      const filled = template.replace(/\$(?:(\w+)|\{(\w+)\})/g, (_, plain?: string, braced?: string) => {
        const value = udev.get(plain ?? braced ?? '');
        isComplete &&= value !== undefined;
        return value ?? '';
      });
      if (isComplete) return filled;
    }
    return name;
  }
}

function fieldsOf(
  disk: DiskCounters,
  last: DiskCounters | undefined,
  elapsedMs: number,
): Record<string, FieldValue> {
  const fields: Record<string, FieldValue> = {
    reads: disk.reads,
    writes: disk.writes,
    read_bytes: disk.readBytes,
    write_bytes: disk.writeBytes,
    read_time: disk.readTime,
    write_time: disk.writeTime,
    io_time: disk.ioTime,
    weighted_io_time: disk.weightedIoTime,
    iops_in_progress: disk.inProgress,
    merged_reads: disk.mergedReads,
    merged_writes: disk.mergedWrites,
  };
  if (last === undefined || hasWrapped(disk, last)) return fields;
  const operations = Number(disk.reads - last.reads + disk.writes - last.writes);
  const busyMs = Number(disk.ioTime - last.ioTime);
  if (operations > 0) {
    fields['io_await'] = Number(disk.readTime - last.readTime + disk.writeTime - last.writeTime) / operations;
    fields['io_svctm'] = busyMs / operations;
  }
  // The counters are read a moment beside the clock, so that a busy disk seems busier than the time that passed.
  if (elapsedMs > 0) fields['io_util'] = Math.min(100, (100 * busyMs) / elapsedMs);
  return fields;
}

function hasWrapped(disk: DiskCounters, last: DiskCounters): boolean {
  return (
    disk.reads < last.reads ||
    disk.writes < last.writes ||
    disk.readTime < last.readTime ||
    disk.writeTime < last.writeTime ||
    disk.ioTime < last.ioTime
  );
}
