import { createHash } from 'node:crypto';
import { EngineStats, type InputStats, STATS_SERVICE } from '../../engine-stats.ts';
import { type Fields, type Input, type InputPlugin, integer, type Sink, type Tags } from '../../input.ts';

interface InternalOptions {
  readonly collectMemstats: boolean;
  readonly perInstance: boolean;
}

export const plugin: InputPlugin<InternalOptions> = {
  name: 'internal',
  parse: (options) => {
    if (options.boolean('collect_gostats', false))
      options.fault('collect_gostats', 'this engine has no Go runtime');
    return {
      collectMemstats: options.boolean('collect_memstats', true),
      perInstance: options.boolean('per_instance', false),
    };
  },
  create: (options, { services }): Input => {
    const stats = services.get(STATS_SERVICE, () => new EngineStats());
    return { gather: (sink) => Promise.resolve(report(options, stats, sink)) };
  },
};

function report({ collectMemstats, perInstance }: InternalOptions, stats: EngineStats, sink: Sink): void {
  const { version, total, output } = stats;
  sink.metric(
    'internal_agent',
    { version },
    {
      gather_errors: integer(total.failures),
      gather_timeouts: integer(total.timeouts),
      metrics_dropped: integer(output.dropped),
      metrics_gathered: integer(total.metrics),
      metrics_rejected: integer(output.rejected),
      metrics_written: integer(output.written),
      write_errors: integer(output.failures),
    },
  );
  for (const { tags, fields } of inputCounters(stats, perInstance)) {
    sink.metric('internal_gather', { ...tags, version }, fields);
  }
  sink.metric(
    'internal_write',
    { output: output.plugin, version, _id: perInstance ? instanceId(output.plugin) : undefined },
    {
      buffer_limit: integer(output.bufferLimit),
      buffer_size: integer(output.bufferLines),
      bytes_written: integer(output.bytesWritten),
      errors: integer(output.failures),
      metrics_added: integer(output.added),
      metrics_dropped: integer(output.dropped),
      metrics_filtered: 0n,
      metrics_rejected: integer(output.rejected),
      metrics_written: integer(output.written),
      startup_errors: 0n,
      write_errors: integer(output.failures),
      write_time_ns: integer(output.writeMs * 1e6),
    },
  );
  if (collectMemstats) sink.metric('internal_memstats', {}, memoryFields());
}

/** Lists the counters of each instance, or their sums over the instances that share plugin and alias. */
function inputCounters(stats: EngineStats, perInstance: boolean): readonly { tags: Tags; fields: Fields }[] {
  const groups = new Map<string, InputStats[]>();
  for (const input of stats.inputs) {
    const key = perInstance ? input.id : `${input.plugin} ${input.alias ?? ''}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [input]);
    else group.push(input);
  }
  return [...groups.values()].map((group) => {
    const sum = (of: (input: InputStats) => number): bigint | undefined =>
      integer(group.reduce((all, input) => all + of(input), 0));
    return {
      tags: {
        input: group[0]?.plugin,
        alias: group[0]?.alias,
        _id: perInstance ? instanceId(group[0]?.id ?? '') : undefined,
      },
      fields: {
        errors: sum(({ failures }) => failures),
        gather_errors: sum(({ failures }) => failures),
        gather_time_ns: sum(({ durationMs }) => durationMs * 1e6),
        gather_timeouts: sum(({ timeouts }) => timeouts),
        metrics_gathered: sum(({ metrics }) => metrics),
        startup_errors: 0n,
      },
    };
  });
}

/** Makes an id as long as Telegraf's, and as stable: the same for the same block. */
function instanceId(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

/** Reads those of Telegraf's memory fields that mean the same in this engine. */
function memoryFields(): Fields {
  const { rss, heapTotal, heapUsed } = process.memoryUsage();
  return {
    alloc_bytes: integer(heapUsed),
    heap_alloc_bytes: integer(heapUsed),
    heap_idle_bytes: integer(heapTotal - heapUsed),
    heap_in_use_bytes: integer(heapUsed),
    heap_sys_bytes: integer(heapTotal),
    sys_bytes: integer(rss),
  };
}
