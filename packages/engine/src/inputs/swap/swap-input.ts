import { join } from 'node:path';
import { type Input, type InputPlugin, integer } from '../../input.ts';
import { readKernelUnits } from '../auxiliary-vector.ts';
import { parseMeminfo } from '../meminfo.ts';
import { largestInteger, requireText } from '../proc-file.ts';

export const plugin: InputPlugin<undefined> = {
  name: 'swap',
  parse: () => undefined,
  create: (_, { host }): Input => ({
    gather: async (sink) => {
      const memory = parseMeminfo(await requireText(join(host.proc, 'meminfo')));
      const vmstat = await requireText(join(host.proc, 'vmstat'));
      const total = memory.get('SwapTotal') ?? 0;
      // In a container, the two may come from different books.
      const free = Math.min(total, memory.get('SwapFree') ?? 0);
      sink.metric(
        'swap',
        {},
        {
          total: integer(total),
          used: integer(total - free),
          free: integer(free),
          used_percent: total === 0 ? 0 : (100 * (total - free)) / total,
        },
      );
      const { pageBytes } = await readKernelUnits(host);
      const moved = (key: string): bigint => largestInteger(pagesOf(vmstat, key) * pageBytes);
      sink.metric('swap', {}, { in: moved('pswpin'), out: moved('pswpout') });
    },
  }),
};

/** Reads a count of pages since boot. */
function pagesOf(vmstat: string, key: string): bigint {
  return BigInt(new RegExp(`^${key} (\\d+)$`, 'm').exec(vmstat)?.[1] ?? '0');
}
