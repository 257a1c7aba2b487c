import type { ConformanceCase, ConformanceRun } from '../conformance-case.ts';
import { AGENTS } from '../devices/agents.ts';
import { TABLE } from '../devices/awkward-tables.ts';
import { snmpBlock } from './snmp-block.ts';

/** Heads with interval, precision and tags of the agent, for runs in which timestamps are compared. */
const HEADS = {
  whole: '[agent]\ninterval = "2s"\nflush_interval = "1s"\n',
  fine: '[agent]\ninterval = "2s"\nprecision = "100ms"\nflush_interval = "1s"\nomit_hostname = true\n',
  short: '[agent]\ninterval = "500ms"\nflush_interval = "1s"\nhostname = "named.test"\n',
  uneven:
    '[agent]\ninterval = "2s"\nround_interval = false\nprecision = "1ms"\nflush_interval = "1s"\n[global_tags]\nhost = "global"\n',
  shifted:
    '[agent]\ninterval = "2s"\ncollection_offset = "300ms"\nprecision = "10ms"\nflush_interval = "1s"\n',
} as const;

export const SETTING_RUNS: readonly ConformanceRun[] = Object.entries(HEADS).map(([name, head]) => ({
  name: `settings ${name}`,
  head,
}));

export const SETTING_CASES: readonly ConformanceCase[] = SETTING_RUNS.flatMap((run): ConformanceCase[] => [
  {
    name: `${run.name} of snmp`,
    input: 'snmp',
    run: run.name,
    series: 3,
    options: snmpBlock({
      agents: [AGENTS.tables],
      tables: [{ name: 'base', index_as_tag: true, fields: [{ name: 'type', oid: `${TABLE.base}.2` }] }],
    }),
  },
  { name: `${run.name} of mem`, input: 'mem', run: run.name, varies: ['*'] },
  {
    name: `${run.name} of a block's own interval`,
    input: 'mem',
    run: run.name,
    varies: ['*'],
    options: 'interval = "3s"\nname_override = "own"',
  },
  {
    name: `${run.name} of a block's own precision`,
    input: 'mem',
    run: run.name,
    varies: ['*'],
    options: 'precision = "2s"\nname_override = "own_precision"',
  },
]);

/** Cases of the input `internal`, in a run with few blocks, since it reports each. */
export const INTERNAL_CASES: readonly ConformanceCase[] = [
  internal('internal', 6),
  internal('internal by instance', 6, 'per_instance = true'),
  internal('internal without memory', 5, 'collect_memstats = false'),
];

function internal(name: string, series: number, options = ''): ConformanceCase {
  const movingTags = ['version', '_id'];
  return { name, input: 'internal', run: 'internal', series, varies: ['*'], movingTags, options };
}
