import type { ConformanceCase } from '../conformance-case.ts';
import { AGENTS } from '../devices/agents.ts';
import { AWKWARD_VALUES, BACKSLASH_VALUES, oidOf, UNSAFE_VALUES } from '../devices/awkward-values.ts';
import { type FieldText, snmpBlock } from './snmp-block.ts';

export const CONVERSIONS = [
  '',
  'float',
  'float(0)',
  'float(2)',
  'float(10)',
  'int',
  'hwaddr',
  'ipaddr',
  'hex',
  'hextoint:BigEndian:uint16',
  'hextoint:BigEndian:uint32',
  'hextoint:BigEndian:uint64',
  'hextoint:LittleEndian:uint16',
  'hextoint:LittleEndian:uint32',
  'hextoint:LittleEndian:uint64',
] as const;

const names = Object.keys(AWKWARD_VALUES);
const backslashes = Object.keys(BACKSLASH_VALUES);
const unsafe = Object.keys(UNSAFE_VALUES);

function fieldsOf(of: readonly string[], conversion: string, isTag = false): FieldText[] {
  return of.map((name) => ({
    name,
    oid: oidOf(name),
    ...(conversion === '' ? {} : { conversion }),
    ...(isTag ? { is_tag: true } : {}),
  }));
}

const label = (conversion: string): string => (conversion === '' ? 'none' : conversion);

/**
 * Cases of every conversion of every value, as a field and as a tag; each value is a column, so that a failure is its
 * own.
 */
const conversions = CONVERSIONS.flatMap((conversion): ConformanceCase[] => [
  {
    name: `snmp conversion ${label(conversion)} of fields`,
    input: 'snmp',
    run: 'snmp',
    options: snmpBlock({
      agents: [AGENTS.values],
      tables: [{ name: 'values', fields: fieldsOf([...names, ...backslashes], conversion) }],
    }),
  },
  {
    name: `snmp conversion ${label(conversion)} of tags`,
    input: 'snmp',
    run: 'snmp',
    series: names.length / 2,
    options: snmpBlock({
      agents: [AGENTS.values],
      // Each tag has a table of its own: all in one would be one series, and one difference would hide the others.
      tables: names.map((name) => ({
        name: `values_${name}`,
        index_as_tag: true,
        fields: [...fieldsOf([name], conversion, true), { name: 'one', oid: oidOf('int_zero') }],
      })),
    }),
  },
]);

export const SNMP_VALUE_CASES: readonly ConformanceCase[] = [
  ...conversions,
  {
    name: 'snmp scalar fields of every type',
    input: 'snmp',
    run: 'snmp',
    options: snmpBlock({
      agents: [AGENTS.values],
      fields: fieldsOf(names, '').map((field) => ({ ...field, oid: `${field.oid}.0` })),
    }),
  },
  {
    name: 'snmp scalar tags of every type',
    input: 'snmp',
    run: 'snmp',
    options: snmpBlock({
      agents: [AGENTS.values],
      fields: [
        ...fieldsOf(names, '', true).map((field) => ({ ...field, oid: `${field.oid}.0` })),
        { name: 'one', oid: `.${oidOf('int_zero')}.0` },
      ],
    }),
  },
  {
    name: 'snmp backslashes in tags',
    input: 'snmp',
    run: 'snmp',
    series: 3,
    options: snmpBlock({
      agents: [AGENTS.values],
      tables: backslashes.map((name) => ({
        name: `values_${name}`,
        fields: [...fieldsOf([name], '', true), { name: 'one', oid: oidOf('int_zero') }],
      })),
    }),
  },
  {
    name: 'snmp unsafe text in fields',
    input: 'snmp',
    run: 'snmp',
    options: snmpBlock({
      agents: [AGENTS.values],
      tables: [{ name: 'unsafe', fields: fieldsOf(unsafe, '') }],
    }),
  },
  {
    name: 'snmp unsafe text in tags',
    input: 'snmp',
    run: 'snmp',
    series: 4,
    options: snmpBlock({
      agents: [AGENTS.values],
      tables: unsafe.map((name) => ({
        name: `unsafe_${name}`,
        fields: [...fieldsOf([name], '', true), { name: 'one', oid: oidOf('int_zero') }],
      })),
    }),
  },
  {
    name: 'snmp a scalar that does not fit its conversion',
    input: 'snmp',
    run: 'snmp',
    series: 0,
    options: snmpBlock({
      agents: [AGENTS.values],
      fields: [
        { name: 'good', oid: `${oidOf('int_zero')}.0` },
        { name: 'bad', oid: `${oidOf('text')}.0`, conversion: 'int' },
      ],
    }),
  },
];
