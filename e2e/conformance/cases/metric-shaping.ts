import type { ConformanceCase } from '../conformance-case.ts';
import { AGENTS } from '../devices/agents.ts';
import { TABLE } from '../devices/awkward-tables.ts';
import { columns, snmpBlock } from './snmp-block.ts';

/** Settings that every input has, tried on SNMP's raw lines and on the metrics of another input. */
const VARIANTS: readonly (readonly [what: string, options: string, tags?: string])[] = [
  ['another name', 'name_override = "other"'],
  ['prefix and suffix', 'name_prefix = "pre_"\nname_suffix = "_suf"'],
  ['another name, prefix and suffix', 'name_override = "other"\nname_prefix = "pre_"\nname_suffix = "_suf"'],
  ['a name with special characters', `name_override = "a b,c=d"`],
  ['names that pass', 'namepass = ["base", "disk*"]'],
  ['names that do not pass', 'namepass = ["nosuch"]'],
  ['names dropped', 'namedrop = ["ba*", "disk"]'],
  ['names that pass and are dropped', 'namepass = ["*"]\nnamedrop = ["b?se", "d[a-j]sk"]'],
  ['names that pass before they are changed', 'name_override = "other"\nnamepass = ["base", "disk"]'],
  ['fields included', 'fieldinclude = ["type", "octets", "total", "used_percent"]'],
  ['fields included by pattern', 'fieldinclude = ["t*", "oct?ts"]'],
  ['fields passed, in the old word', 'fieldpass = ["t*"]'],
  ['fields excluded', 'fieldexclude = ["octets", "used*", "free"]'],
  ['fields dropped, in the old word', 'fielddrop = ["type", "free"]'],
  [
    'fields included and excluded',
    'fieldinclude = ["t*", "inodes_*"]\nfieldexclude = ["type", "inodes_free"]',
  ],
  ['all fields excluded', 'fieldexclude = ["*"]'],
  ['braces where nothing else is a pattern', 'fieldinclude = ["{type,total}", "octets", "free"]'],
  ['braces beside a pattern', 'fieldinclude = ["{type,total}", "oct*"]'],
  ['classes of signs', 'fieldexclude = ["[!t]*"]'],
  ['a class with a leading caret', 'fieldexclude = ["[^t]*"]'],
  ['a pattern with an escaped sign', 'fieldexclude = ["oc\\\\*", "t?pe"]'],
  ['tags included', 'taginclude = ["case", "name", "path"]'],
  ['tags excluded', 'tagexclude = ["host", "alias", "device", "agent_*"]'],
  ['tags included and excluded', 'taginclude = ["*"]\ntagexclude = ["host", "f*"]'],
  ['tags that pass', '[inputs.INPUT.tagpass]\nname = ["eth*"]\nfstype = ["tmpfs"]'],
  ['tags that are dropped', '[inputs.INPUT.tagdrop]\nname = ["eth0", "lo"]\nmode = ["ro"]'],
  [
    'tags that pass and are dropped',
    '[inputs.INPUT.tagpass]\nname = ["eth*"]\nmode = ["r?"]\n[inputs.INPUT.tagdrop]\nname = ["eth0"]\nmode = ["ro"]',
  ],
  ['tags of the block do not pass', '[inputs.INPUT.tagpass]\nsite = ["here"]', 'site = "here"'],
  ['tags of the block', '', 'site = "here"\nempty = ""\n"odd key, =" = "a b,c=d"'],
  ['tags of the block over global ones', '', 'global = "block"\nhost = "block"'],
  ['an empty tag over a global one', '', 'global = ""'],
  ['tags of the block under those of the input', '', 'name = "block"\npath = "block"\nagent_host = "block"'],
  ['an alias', 'alias = "another word"'],
];

const snmp = (options: string): string =>
  snmpBlock({
    agents: [AGENTS.tables],
    // Sub-tables of the block go behind its options.
    options: options.split('\n[')[0]?.startsWith('[') === true ? '' : (options.split('\n[')[0] ?? ''),
    tables: [
      {
        name: 'base',
        fields: [
          ...columns(TABLE.base, ['tag:name', 'type']),
          ...columns(TABLE.extension, ['octets', 'tag:alias']),
        ],
      },
    ],
  }) + subTables(options);

function subTables(options: string): string {
  const at = options.startsWith('[') ? 0 : options.indexOf('\n[');
  return at < 0 ? '' : `\n${options.slice(at)}`;
}

const MOUNTS =
  'mount_points = ["{folder}/mounts/plain", "{folder}/mounts/read-only", "{folder}/mounts/with space"]';

export const SHAPING_CASES: readonly ConformanceCase[] = VARIANTS.flatMap(
  ([what, options, tags]): ConformanceCase[] => {
    const isSilent = [
      'names that do not pass',
      'names dropped',
      'all fields excluded',
      'names that pass and are dropped',
      'tags of the block do not pass',
    ].includes(what);
    const more = {
      ...(tags === undefined ? {} : { tags }),
      series: isSilent ? 0 : 1,
      run: 'shaping' as const,
    };
    // These leave nothing of the table.
    const isSilentHere = isSilent || what === 'fields included and excluded';
    return [
      {
        name: `shaping of snmp: ${what}`,
        input: 'snmp',
        options: snmp(options.replaceAll('INPUT', 'snmp')),
        ...more,
        series: isSilentHere ? 0 : 1,
      },
      {
        name: `shaping of disk: ${what}`,
        input: 'disk',
        options: `${MOUNTS}\n${options.replaceAll('INPUT', 'disk')}`,
        ...more,
      },
    ];
  },
);
