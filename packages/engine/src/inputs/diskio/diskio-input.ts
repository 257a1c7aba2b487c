import { realpath } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { compileGlobs, type NameFilter } from '../../glob-filter.ts';
import type { FieldValue, Input, InputContext, InputPlugin, Sink } from '../../input.ts';
import { readUdev, type UdevProperties } from '../block-device.ts';
import { readText, requireText } from '../proc-file.ts';
import { type DiskCounters, parseDiskStats } from './disk-counters.ts';

interface DiskioOptions {
  readonly devices: readonly string[];
  readonly deviceTags: readonly string[];
  readonly nameTemplates: readonly string[];
  readonly skipSerialNumber: boolean;
}

const NO_UDEV: UdevProperties = new Map();

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
  readonly #globs: NameFilter | undefined;
  #last = new Map<string, DiskCounters>();
  #lastAt = 0;

  constructor(options: DiskioOptions, context: InputContext) {
    this.#options = options;
    this.#context = context;
    const hasGlob = options.devices.some((device) => /[*?[]/.test(device));
    this.#globs = hasGlob ? compileGlobs(options.devices) : undefined;
  }

  async gather(sink: Sink): Promise<void> {
    const { host, clock } = this.#context;
    const disks = parseDiskStats(await requireText(join(host.proc, 'diskstats')));
    const at = clock.monotonic();
    const names = await this.#namedDevices();
    const last = this.#last;
    const elapsedMs = at - this.#lastAt;
    this.#last = new Map(disks.map((disk) => [disk.name, disk]));
    this.#lastAt = at;
    for (const disk of disks) {
      if (names !== undefined && !names.has(disk.name)) continue;
      const udev = this.#needsUdev() ? await readUdev(host, disk.name) : NO_UDEV;
      if (this.#globs !== undefined && !this.#matches(this.#globs, disk.name, udev)) continue;
      sink.metric(
        'diskio',
        await this.#tagsOf(disk.name, udev),
        fieldsOf(disk, last.get(disk.name), elapsedMs),
      );
    }
  }

  /** Finds the devices that were named without a pattern, links followed; undefined when all or patterns are wanted. */
  async #namedDevices(): Promise<ReadonlySet<string> | undefined> {
    const { devices } = this.#options;
    if (this.#globs !== undefined || devices.length === 0) return undefined;
    const paths = devices.map(async (device) => {
      const path = device.startsWith('/') ? device : join('/dev', device);
      return basename(await realpath(path).catch(() => path));
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

  async #tagsOf(name: string, udev: UdevProperties): Promise<Record<string, string | undefined>> {
    const { sys } = this.#context.host;
    const tags: Record<string, string | undefined> = {
      name: this.#nameOf(name, udev),
      wwid: (await readText(join(sys, 'block', name, 'wwid')))?.trim(),
    };
    for (const property of this.#options.deviceTags) tags[property] = udev.get(property);
    if (!this.#options.skipSerialNumber) {
      const serial =
        udev.get('ID_SERIAL') ?? (await readText(join(sys, 'block', name, 'device/serial')))?.trim();
      tags['serial'] = serial || 'unknown';
    }
    return tags;
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
