import { join } from 'node:path';
import type { Fields, Input, InputContext, InputPlugin, Sink } from '../../input.ts';
import { type KernelUnits, readKernelUnits } from '../auxiliary-vector.ts';
import { type HostFiles, hostFilesOf } from '../host-files.ts';
import { type CpuTimes, parseCpuTimes, totalTime } from './cpu-times.ts';

interface CpuOptions {
  readonly perCpu: boolean;
  readonly totalCpu: boolean;
  readonly collectCpuTime: boolean;
  readonly reportActive: boolean;
  readonly coreTags: boolean;
}

export const plugin: InputPlugin<CpuOptions> = {
  name: 'cpu',
  parse: (options) => ({
    perCpu: options.boolean('percpu', true),
    totalCpu: options.boolean('totalcpu', true),
    collectCpuTime: options.boolean('collect_cpu_time', false),
    reportActive: options.boolean('report_active', false),
    coreTags: options.boolean('core_tags', false),
  }),
  create: (options, context) => new CpuInput(options, context),
};

/** Use of each processor between two gathers, in percent. */
class CpuInput implements Input {
  readonly #options: CpuOptions;
  readonly #context: InputContext;
  readonly #files: HostFiles;
  #last = new Map<string, CpuTimes>();
  #units: KernelUnits | undefined;
  #coreTags: ReadonlyMap<string, Record<string, string>> | undefined;

  constructor(options: CpuOptions, context: InputContext) {
    this.#options = options;
    this.#context = context;
    this.#files = hostFilesOf(context);
  }

  async gather(sink: Sink): Promise<void> {
    const { perCpu, totalCpu, collectCpuTime, reportActive, coreTags } = this.#options;
    const { proc } = this.#files.paths;
    this.#units ??= await readKernelUnits(this.#files);
    const all = parseCpuTimes(await this.#files.require(join(proc, 'stat')), this.#units.ticksPerSecond);
    if (coreTags) this.#coreTags ??= await this.#readCoreTags();
    const now = this.#context.clock.now();
    const last = this.#last;
    this.#last = new Map(all.map((times) => [times.cpu, times]));
    for (const times of all) {
      if (times.cpu === 'cpu-total' ? !totalCpu : !perCpu) continue;
      const tags = { cpu: times.cpu, ...this.#coreTags?.get(times.cpu) };
      if (collectCpuTime) sink.metric('cpu', tags, timeFields(times, reportActive), now);
      const before = last.get(times.cpu);
      const fields = before === undefined ? undefined : usageFields(before, times, reportActive);
      if (fields !== undefined) sink.metric('cpu', tags, fields, now);
    }
  }

  /** Reads `core_id` and `physical_id` of each processor from /proc/cpuinfo. */
  async #readCoreTags(): Promise<ReadonlyMap<string, Record<string, string>>> {
    const tags = new Map<string, Record<string, string>>();
    const cpuinfo = await this.#files.require(join(this.#files.paths.proc, 'cpuinfo'));
    for (const section of cpuinfo.split('\n\n')) {
      const valueOf = (key: string): string =>
        new RegExp(`^${key}\\s*:\\s*(\\S+)`, 'm').exec(section)?.[1] ?? '';
      const processor = valueOf('processor');
      if (processor === '') continue;
      tags.set(`cpu${processor}`, { core_id: valueOf('core id'), physical_id: valueOf('physical id') });
    }
    return tags;
  }
}

function timeFields(times: CpuTimes, reportActive: boolean): Fields {
  return {
    time_user: times.user,
    time_system: times.system,
    time_idle: times.idle,
    time_nice: times.nice,
    time_iowait: times.iowait,
    time_irq: times.irq,
    time_softirq: times.softirq,
    time_steal: times.steal,
    time_guest: times.guest,
    time_guest_nice: times.guestNice,
    time_active: reportActive ? totalTime(times) - times.idle : undefined,
  };
}

/** Time by kind that a processor spent between two gathers, in seconds; none is below 0. */
type Spent = Readonly<Record<Exclude<keyof CpuTimes, 'cpu'>, number>>;

/** Share of the time since the last gather by which `idle` may go back and still be told by the rest. */
const IDLE_SLACK = 0.02;

/**
 * Computes the use in percent, each share within 0 and 100. What cannot be told is undefined: no time has passed, or
 * counters went back since a processor came back with them reset.
 */
function usageFields(before: CpuTimes, now: CpuTimes, reportActive: boolean): Fields | undefined {
  const spent = timeSpent(before, now);
  if (spent === undefined) return undefined;
  const elapsed = totalTime(spent);
  if (!(elapsed > 0)) return undefined;
  const share = (seconds: number): number => Math.min(100, Math.max(0, (100 * seconds) / elapsed));
  // Guests are counted a moment after the user time that holds them.
  const guest = Math.min(spent.guest, spent.user);
  const guestNice = Math.min(spent.guestNice, spent.nice);
  return {
    usage_user: share(spent.user - guest),
    usage_system: share(spent.system),
    usage_idle: share(spent.idle),
    usage_nice: share(spent.nice - guestNice),
    usage_iowait: share(spent.iowait),
    usage_irq: share(spent.irq),
    usage_softirq: share(spent.softirq),
    usage_steal: share(spent.steal),
    usage_guest: share(guest),
    usage_guest_nice: share(guestNice),
    usage_active: reportActive ? share(elapsed - spent.idle) : undefined,
  };
}

/**
 * Returns the time between two readings; undefined when it cannot be told. The kernel lets `iowait` go back, and `idle`
 * by a little (proc_stat(5)): those stood still. Everything else that goes back was reset.
 */
function timeSpent(before: CpuTimes, now: CpuTimes): Spent | undefined {
  const went = (kind: keyof Spent): number => now[kind] - before[kind];
  const spent: Record<keyof Spent, number> = {
    user: went('user'),
    nice: went('nice'),
    system: went('system'),
    idle: Math.max(0, went('idle')),
    iowait: Math.max(0, went('iowait')),
    irq: went('irq'),
    softirq: went('softirq'),
    steal: went('steal'),
    guest: Math.max(0, went('guest')),
    guestNice: Math.max(0, went('guestNice')),
  };
  const wasReset =
    Object.values(spent).some((seconds) => seconds < 0) || -went('idle') > IDLE_SLACK * totalTime(spent);
  return wasReset ? undefined : spent;
}
