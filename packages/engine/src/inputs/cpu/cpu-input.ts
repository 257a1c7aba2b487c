import { join } from 'node:path';
import type { Fields, Input, InputContext, InputPlugin, Sink } from '../../input.ts';
import { requireText } from '../proc-file.ts';
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
  #last = new Map<string, CpuTimes>();
  #coreTags: ReadonlyMap<string, Record<string, string>> | undefined;

  constructor(options: CpuOptions, context: InputContext) {
    this.#options = options;
    this.#context = context;
  }

  async gather(sink: Sink): Promise<void> {
    const { perCpu, totalCpu, collectCpuTime, reportActive, coreTags } = this.#options;
    const all = parseCpuTimes(await requireText(join(this.#context.host.proc, 'stat')));
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
    for (const section of (await requireText(join(this.#context.host.proc, 'cpuinfo'))).split('\n\n')) {
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

/** Computes the use in percent; undefined when no time has passed, or a processor came back with its counters reset. */
function usageFields(before: CpuTimes, now: CpuTimes, reportActive: boolean): Fields | undefined {
  const elapsed = totalTime(now) - totalTime(before);
  if (elapsed <= 0) return undefined;
  const share = (seconds: number): number => (100 * seconds) / elapsed;
  const guest = now.guest - before.guest;
  const guestNice = now.guestNice - before.guestNice;
  const idle = now.idle - before.idle;
  return {
    usage_user: share(now.user - before.user - guest),
    usage_system: share(now.system - before.system),
    usage_idle: share(idle),
    usage_nice: share(now.nice - before.nice - guestNice),
    usage_iowait: share(now.iowait - before.iowait),
    usage_irq: share(now.irq - before.irq),
    usage_softirq: share(now.softirq - before.softirq),
    usage_steal: share(now.steal - before.steal),
    usage_guest: share(guest),
    usage_guest_nice: share(guestNice),
    usage_active: reportActive ? share(elapsed - idle) : undefined,
  };
}
