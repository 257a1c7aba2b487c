import { join } from 'node:path';
import { type Input, type InputPlugin, integer } from '../../input.ts';
import { parseMeminfo } from '../meminfo.ts';
import { requireText } from '../proc-file.ts';

/** Size that Telegraf takes for a page of swap, whatever the platform's page size. */
const PAGE_BYTES = 4096n;

export const plugin: InputPlugin<undefined> = {
  name: 'swap',
  parse: () => undefined,
  create: (_, { host }): Input => ({
    gather: async (sink) => {
      const memory = parseMeminfo(await requireText(join(host.proc, 'meminfo')));
      const vmstat = await requireText(join(host.proc, 'vmstat'));
      const total = memory.get('SwapTotal') ?? 0;
      const free = memory.get('SwapFree') ?? 0;
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
      sink.metric('swap', {}, { in: swapped(vmstat, 'pswpin'), out: swapped(vmstat, 'pswpout') });
    },
  }),
};

/** Reads a count of pages since boot, in bytes. */
function swapped(vmstat: string, key: string): bigint {
  const pages = new RegExp(`^${key} (\\d+)$`, 'm').exec(vmstat)?.[1] ?? '0';
  return BigInt(pages) * PAGE_BYTES;
}
