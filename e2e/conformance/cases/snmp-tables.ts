import type { ConformanceCase } from '../conformance-case.ts';
import { AGENTS } from '../devices/agents.ts';
import { BIG_ROWS, GROWING_ROWS, TABLE } from '../devices/awkward-tables.ts';
import { oidOf } from '../devices/awkward-values.ts';
import { columns, type FieldText, snmpBlock, type TableText } from './snmp-block.ts';

function table(
  name: string,
  text: Omit<TableText, 'name'>,
  more: Partial<ConformanceCase> = {},
): ConformanceCase {
  const options = snmpBlock({ agents: [AGENTS.tables], tables: [{ name: 'rows', ...text }] });
  return { name: `snmp ${name}`, input: 'snmp', run: 'snmp', options, ...more };
}

const sparseColumns = columns(TABLE.sparse, ['tag:name', 'gauge', 'counter', 'absent', 'empty']);
const linking: FieldText[] = [
  { name: 'port', oid: `${TABLE.linking}.1`, is_tag: true },
  { name: 'module', oid: `${TABLE.linking}.2`, secondary_index_table: true },
];
const linked = (more: Partial<FieldText> = {}): FieldText[] => [
  { name: 'module_name', oid: `${TABLE.linked}.1`, is_tag: true, secondary_index_use: true, ...more },
  { name: 'temperature', oid: `${TABLE.linked}.2`, secondary_index_use: true, ...more },
];
const withTable = (fields: readonly FieldText[], more: Partial<FieldText>): FieldText[] =>
  fields.map((field) => (field.secondary_index_table === true ? { ...field, ...more } : field));

const MISSING: readonly ConformanceCase[] = [
  table('missing cells', { fields: sparseColumns }, { series: 3 }),
  table('missing cells, index as tag', { index_as_tag: true, fields: sparseColumns }, { series: 5 }),
  table(
    'missing cells, all fields',
    { index_as_tag: true, fields: columns(TABLE.sparse, ['name', 'gauge', 'counter', 'absent', 'empty']) },
    { series: 6 },
  ),
  table('only tags', { index_as_tag: true, fields: columns(TABLE.sparse, ['tag:name']) }, { series: 0 }),
  table('absent table', { fields: columns(`${TABLE.sparse}.77`, ['tag:name', 'gauge']) }, { series: 0 }),
  table(
    'column of mixed types',
    { index_as_tag: true, fields: [{ name: 'mixed', oid: `${TABLE.mixed}.1` }] },
    { series: 4 },
  ),
  table(
    'column of mixed types to float',
    { index_as_tag: true, fields: [{ name: 'mixed', oid: `${TABLE.mixed}.1`, conversion: 'float' }] },
    { series: 1 },
  ),
  table(
    'columns whose numbers start alike',
    {
      index_as_tag: true,
      fields: [1, 2, 10, 11, 12, 128].map((at) => ({ name: `c${at}`, oid: `${TABLE.neighbours}.${at}` })),
    },
    { series: 2 },
  ),
  table(
    'last column of the device',
    {
      index_as_tag: true,
      fields: [
        { name: 'value', oid: `${TABLE.last}.1` },
        { name: 'after', oid: `${TABLE.last}.2` },
      ],
    },
    { series: 3 },
  ),
  table(
    'scalar walked as a column',
    { index_as_tag: true, fields: [{ name: 'value', oid: `${TABLE.last}.1.2` }] },
    { series: 0 },
  ),
  table(
    'column above its cells',
    { index_as_tag: true, fields: [{ name: 'value', oid: TABLE.base }] },
    { series: 6 },
  ),
];

const INDEXES: readonly ConformanceCase[] = [
  table(
    'string indexes',
    { index_as_tag: true, fields: columns(TABLE.textual, ['value', 'tag:label']) },
    { series: 6 },
  ),
  table(
    'implied string indexes',
    { index_as_tag: true, fields: [{ name: 'value', oid: `${TABLE.textual}.3` }] },
    { series: 2 },
  ),
  table(
    'indexes of two parts',
    { index_as_tag: true, fields: [{ name: 'value', oid: `${TABLE.pair}.1` }] },
    { series: 6 },
  ),
  table(
    'extreme indexes',
    { index_as_tag: true, fields: [{ name: 'value', oid: `${TABLE.extreme}.1` }] },
    { series: 5 },
  ),
  ...[1, 2, 3, 5, 6, 20].map((length) =>
    table(
      `indexes cut to ${length}`,
      {
        index_as_tag: true,
        fields: [
          { name: 'value', oid: `${TABLE.pair}.1`, oid_index_length: length },
          { name: 'unit', oid: `${TABLE.pair}.2`, is_tag: true },
        ],
      },
      { series: 2 },
    ),
  ),
  ...['.1', '.2', '.9.9', '.3'].map((suffix) =>
    table(
      `indexes without ${suffix}`,
      {
        index_as_tag: true,
        fields: [
          { name: 'value', oid: `${TABLE.suffixed}.1`, oid_index_suffix: suffix },
          { name: 'deep', oid: `${TABLE.suffixed}.3`, oid_index_suffix: suffix },
          { name: 'label', oid: `${TABLE.suffixed}.2`, is_tag: true },
        ],
      },
      { series: suffix === '.3' ? 0 : 2 },
    ),
  ),
  table(
    'suffix and length together',
    {
      index_as_tag: true,
      fields: [
        { name: 'deep', oid: `${TABLE.suffixed}.3`, oid_index_suffix: '.9.9', oid_index_length: 1 },
        { name: 'label', oid: `${TABLE.suffixed}.2`, is_tag: true },
      ],
    },
    { series: 2 },
  ),
  table(
    'suffix in the middle of an arc',
    { index_as_tag: true, fields: [{ name: 'value', oid: `${TABLE.suffixed}.1`, oid_index_suffix: '1' }] },
    { series: 2 },
  ),
];

const JOINS: readonly ConformanceCase[] = [
  table(
    'table augmented by another',
    {
      index_as_tag: true,
      fields: [
        ...columns(TABLE.base, ['tag:name', 'type']),
        ...columns(TABLE.extension, ['octets', 'tag:alias']),
      ],
    },
    { series: 4 },
  ),
  table(
    'second table first',
    {
      index_as_tag: true,
      fields: [
        ...columns(TABLE.extension, ['octets', 'tag:alias']),
        ...columns(TABLE.base, ['tag:name', 'type']),
      ],
    },
    { series: 4 },
  ),
  table('inner join by number', { fields: [...linking, ...linked()] }, { series: 3 }),
  table('inner join, index as tag', { index_as_tag: true, fields: [...linking, ...linked()] }, { series: 3 }),
  table(
    'inner join, linking column last',
    { index_as_tag: true, fields: [...linking.toReversed(), ...linked()] },
    { series: 3 },
  ),
  table(
    'inner join, linked columns first',
    { index_as_tag: true, fields: [...linked(), ...linking] },
    { series: 3 },
  ),
  table(
    'outer join by the linking column',
    { index_as_tag: true, fields: [...withTable(linking, { secondary_outer_join: true }), ...linked()] },
    { series: 4 },
  ),
  table(
    'outer join by the linked columns',
    { index_as_tag: true, fields: [...linking, ...linked({ secondary_outer_join: true })] },
    { series: 4 },
  ),
  table(
    'outer join of one linked column',
    {
      index_as_tag: true,
      fields: [
        ...linking,
        ...linked().map((field, at) => (at === 1 ? { ...field, secondary_outer_join: true } : field)),
      ],
    },
    { series: 4 },
  ),
  table(
    'linking column as a tag',
    { index_as_tag: true, fields: [...withTable(linking, { is_tag: true }), ...linked()] },
    { series: 2 },
  ),
  table(
    'join by text',
    {
      index_as_tag: true,
      fields: [
        { name: 'link', oid: `${TABLE.textLinking}.1`, secondary_index_table: true },
        { name: 'value', oid: `${TABLE.textLinking}.2` },
        { name: 'side', oid: `${TABLE.textLinked}.1`, is_tag: true, secondary_index_use: true },
      ],
    },
    { series: 3 },
  ),
  table('linked columns without a linking one', { index_as_tag: true, fields: linked() }, { series: 0 }),
  table(
    'linked columns without a linking one, outer',
    { index_as_tag: true, fields: linked({ secondary_outer_join: true }) },
    { series: 3 },
  ),
];

const NAMES: readonly ConformanceCase[] = [
  table(
    'a field name twice, the first complete',
    {
      index_as_tag: true,
      fields: [
        { name: 'v', oid: `${TABLE.base}.2` },
        { name: 'v', oid: `${TABLE.extension}.1` },
      ],
    },
    { series: 4 },
  ),
  table(
    'a tag name twice',
    {
      index_as_tag: true,
      fields: [
        { name: 't', oid: `${TABLE.base}.1`, is_tag: true },
        { name: 't', oid: `${TABLE.extension}.2`, is_tag: true },
        { name: 'v', oid: `${TABLE.base}.2` },
      ],
    },
    { series: 3 },
  ),
  table(
    'a name as tag and as field',
    {
      fields: [
        { name: 'n', oid: `${TABLE.base}.1`, is_tag: true },
        { name: 'n', oid: `${TABLE.base}.2` },
      ],
    },
    { series: 3 },
  ),
  table(
    'an OID twice',
    {
      fields: [
        { name: 'text', oid: `${TABLE.base}.1`, is_tag: true },
        { name: 'number', oid: `${TABLE.base}.2` },
        { name: 'float', oid: `.${TABLE.base}.2`, conversion: 'float(1)' },
      ],
    },
    { series: 3 },
  ),
  table(
    'names with special characters',
    {
      fields: [
        { name: 'tag, with = and "', oid: `${TABLE.base}.1`, is_tag: true },
        { name: 'field, with = and " ü', oid: `${TABLE.base}.2` },
        { name: 'back\\slash', oid: `${TABLE.extension}.1` },
      ],
    },
    { series: 2 },
  ),
  table(
    'a tag named index',
    {
      index_as_tag: true,
      fields: [
        { name: 'index', oid: `${TABLE.base}.1`, is_tag: true },
        { name: 'v', oid: `${TABLE.base}.2` },
      ],
    },
    { series: 3 },
  ),
  table(
    'a tag named as the agent',
    {
      fields: [
        { name: 'agent_host', oid: `${TABLE.base}.1`, is_tag: true },
        { name: 'v', oid: `${TABLE.base}.2` },
      ],
    },
    { series: 3 },
  ),
  table(
    'a tag named as one of the block',
    {
      fields: [
        { name: 'site', oid: `${TABLE.extension}.2`, is_tag: true },
        { name: 'v', oid: `${TABLE.extension}.1` },
      ],
    },
    { series: 3, tags: 'site = "block"' },
  ),
];

const inheriting = (inherit: readonly string[]): string =>
  snmpBlock({
    agents: [AGENTS.values, AGENTS.tables],
    fields: [
      { name: 'name', oid: `${oidOf('text')}.0`, is_tag: true },
      { name: 'number', oid: `${oidOf('gauge32')}.0`, is_tag: true },
      { name: 'missing', oid: `${oidOf('text')}.1`, is_tag: true },
      { name: 'value', oid: `${oidOf('ticks')}.0` },
    ],
    tables: [
      {
        name: 'inherits',
        inherit_tags: inherit,
        index_as_tag: true,
        fields: [
          { name: 'v', oid: `${TABLE.base}.2` },
          { name: 'name', oid: `${TABLE.base}.1`, is_tag: true },
        ],
      },
      {
        name: 'inherits_too',
        inherit_tags: inherit,
        index_as_tag: true,
        fields: [{ name: 'v', oid: oidOf('gauge32') }],
      },
    ],
  });

export const SNMP_TABLE_CASES: readonly ConformanceCase[] = [
  ...MISSING,
  ...INDEXES,
  ...JOINS,
  ...NAMES,
  {
    name: 'snmp inherited tags',
    input: 'snmp',
    run: 'snmp',
    series: 5,
    options: inheriting(['name', 'number', 'missing', 'other']),
  },
  { name: 'snmp no inherited tags', input: 'snmp', run: 'snmp', series: 5, options: inheriting([]) },
  {
    name: 'snmp table that grows by thousands of rows',
    input: 'snmp',
    run: 'snmp',
    series: GROWING_ROWS.later,
    options: snmpBlock({
      agents: [AGENTS.growing],
      options: 'max_repetitions = 100',
      tables: [{ name: 'grown', index_as_tag: true, fields: [{ name: 'v', oid: `${TABLE.growing}.1` }] }],
    }),
  },
  {
    name: 'snmp big table',
    input: 'snmp',
    run: 'snmp',
    series: BIG_ROWS,
    options: snmpBlock({
      agents: [AGENTS.tables],
      options: 'max_repetitions = 50',
      tables: [{ name: 'big', fields: columns(TABLE.big, ['tag:name', 'state', 'octets', 'third']) }],
    }),
  },
];
