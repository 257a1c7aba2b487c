import { join } from 'node:path';
import { type FieldValue, type Input, type InputPlugin, integer } from '../../input.ts';
import { hostFilesOf } from '../host-files.ts';
import { parseMeminfo } from '../meminfo.ts';

/** Field of the metric by key of /proc/meminfo; all in bytes but for the two counts of huge pages. */
const FIELDS: readonly (readonly [string, string])[] = [
  ['active', 'Active'],
  ['buffered', 'Buffers'],
  ['commit_limit', 'CommitLimit'],
  ['committed_as', 'Committed_AS'],
  ['dirty', 'Dirty'],
  ['free', 'MemFree'],
  ['high_free', 'HighFree'],
  ['high_total', 'HighTotal'],
  ['huge_page_size', 'Hugepagesize'],
  ['huge_pages_free', 'HugePages_Free'],
  ['huge_pages_total', 'HugePages_Total'],
  ['inactive', 'Inactive'],
  ['low_free', 'LowFree'],
  ['low_total', 'LowTotal'],
  ['mapped', 'Mapped'],
  ['page_tables', 'PageTables'],
  ['shared', 'Shmem'],
  ['slab', 'Slab'],
  ['sreclaimable', 'SReclaimable'],
  ['sunreclaim', 'SUnreclaim'],
  ['swap_cached', 'SwapCached'],
  ['swap_free', 'SwapFree'],
  ['swap_total', 'SwapTotal'],
  ['total', 'MemTotal'],
  ['vmalloc_chunk', 'VmallocChunk'],
  ['vmalloc_total', 'VmallocTotal'],
  ['vmalloc_used', 'VmallocUsed'],
  ['write_back', 'Writeback'],
  ['write_back_tmp', 'WritebackTmp'],
];

/** What a part can be at most, by keys of the file. */
const WHOLE_OF: Readonly<Record<string, string>> = {
  HighFree: 'HighTotal',
  HugePages_Free: 'HugePages_Total',
  LowFree: 'LowTotal',
  MemFree: 'MemTotal',
  SwapFree: 'SwapTotal',
};

/** Fields that `collect_extended` adds, by key in the same way. */
const EXTENDED_FIELDS: readonly (readonly [string, string])[] = [
  ['active_anon', 'Active(anon)'],
  ['active_file', 'Active(file)'],
  ['inactive_anon', 'Inactive(anon)'],
  ['inactive_file', 'Inactive(file)'],
  ['percpu', 'Percpu'],
  ['unevictable', 'Unevictable'],
];

export const plugin: InputPlugin<boolean> = {
  name: 'mem',
  parse: (options) => options.boolean('collect_extended', false),
  create: (isExtended, context): Input => ({
    gather: async (sink) => {
      const files = hostFilesOf(context);
      const meminfo = await files.require(join(files.paths.proc, 'meminfo'));
      sink.metric('mem', {}, memoryFields(meminfo, isExtended ? [...FIELDS, ...EXTENDED_FIELDS] : FIELDS));
    },
  }),
};

function memoryFields(meminfo: string, wanted: typeof FIELDS): Record<string, FieldValue> {
  const memory = parseMeminfo(meminfo);
  const of = (key: string): number => memory.get(key) ?? 0;
  const total = memory.get('MemTotal') ?? Number.NaN;
  const cached = of('Cached') + of('SReclaimable');
  // Kernels before 3.14 do not say what is available. In a container or with a balloon it can be more than there is.
  const available = atMost(memory.get('MemAvailable') ?? cached + of('MemFree'), total);
  const fields: Record<string, FieldValue> = {
    available: integer(available),
    available_percent: (100 * available) / total,
    cached: integer(cached),
    used: integer(total - available),
    used_percent: (100 * (total - available)) / total,
  };
  for (const [field, key] of wanted)
    fields[field] = integer(atMost(of(key), memory.get(WHOLE_OF[key] ?? key)));
  return fields;
}

/** Bounds a part by its whole, where that is known. */
function atMost(part: number, whole = Number.NaN): number {
  return part > whole ? whole : part;
}
