import { join } from 'node:path';
import { type Input, type InputPlugin, integer, type Sink } from '../../input.ts';
import { readKernelUnits } from '../auxiliary-vector.ts';
import { GatherParts } from '../gather-parts.ts';
import { type HostFiles, hostFilesOf } from '../host-files.ts';
import { parseMeminfo } from '../meminfo.ts';
import { largestInteger } from '../proc-file.ts';

export const plugin: InputPlugin<undefined> = {
  name: 'swap',
  parse: () => undefined,
  create: (_, context): Input => ({
    gather: async (sink) => {
      const files = hostFilesOf(context);
      const parts = new GatherParts();
      await parts.take(gatherGauge(files, sink));
      await parts.take(gatherTraffic(files, sink));
      parts.finish();
    },
  }),
};

async function gatherGauge(files: HostFiles, sink: Sink): Promise<void> {
  const memory = parseMeminfo(await files.require(join(files.paths.proc, 'meminfo')));
  const total = memory.get('SwapTotal') ?? 0;
  // In a container, the two may come from different books.
  const free = Math.min(total, memory.get('SwapFree') ?? 0);
  const usedPercent = total === 0 ? 0 : (100 * (total - free)) / total;
  const fields = { total: integer(total), used: integer(total - free), free: integer(free) };
  sink.metric('swap', {}, { ...fields, used_percent: usedPercent });
}

async function gatherTraffic(files: HostFiles, sink: Sink): Promise<void> {
  const vmstat = await files.require(join(files.paths.proc, 'vmstat'));
  const { pageBytes } = await readKernelUnits(files);
  const moved = (key: string): bigint => largestInteger(pagesOf(vmstat, key) * pageBytes);
  sink.metric('swap', {}, { in: moved('pswpin'), out: moved('pswpout') });
}

/** Reads a count of pages since boot. */
function pagesOf(vmstat: string, key: string): bigint {
  return BigInt(new RegExp(`^${key} (\\d+)$`, 'm').exec(vmstat)?.[1] ?? '0');
}
