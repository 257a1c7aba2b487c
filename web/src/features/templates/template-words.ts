import type { DeviceTemplate, ProposalPart, ProposalTable, WalkUse } from '@stratora/contract';
import { plural } from '../../ui/format/units.ts';

type Input = DeviceTemplate['inputs'][number];

/** Says how often an input polls. */
export function intervalWords(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined) return "at its component's interval";
  if (seconds % 3600 === 0) return seconds === 3600 ? 'every hour' : `every ${seconds / 3600} hours`;
  if (seconds % 60 === 0) return seconds === 60 ? 'every minute' : `every ${seconds / 60} minutes`;
  return `every ${seconds} s`;
}

/** Says what an input asks for: "2 tables, 5 objects", or what its plugin does. */
export function inputWords({ plugin, field, table, object }: Input): string {
  const parts = [
    ...(table.length === 0 ? [] : [plural(table.length, 'table')]),
    ...(field.length === 0 ? [] : [plural(field.length, 'object')]),
    ...(object.length === 0 ? [] : [plural(object.length, 'group of counters', 'groups of counters')]),
  ];
  return parts.length === 0 ? plugin : parts.join(', ');
}

const NEED_WORDS = {
  snmp_credential: 'with an SNMP credential',
  url: 'with a URL',
  https_url: 'with an https URL',
  vsphere_credential: 'with a vSphere credential',
} as const;

/** Says which nodes have an input at all; undefined where all have. */
export function needWords({ requires }: Input): string | undefined {
  return requires === undefined ? undefined : `only nodes ${NEED_WORDS[requires]}`;
}

/** Lists the measurements that a template stores, in the order of their names. */
export function measurementsOf({ inputs, metrics }: Pick<DeviceTemplate, 'inputs' | 'metrics'>): string[] {
  const polled = inputs.flatMap(({ plugin, options, field, table, object }) => [
    ...table.map(({ name }) => name),
    ...object.map(({ Measurement }) => Measurement),
    ...(table.length > 0 && field.length === 0
      ? []
      : object.length > 0
        ? []
        : [String(options['name'] ?? plugin)]),
  ]);
  const stored = [
    ...polled.filter((name) => !name.startsWith('raw_')),
    ...metrics.map((rule) => rule.measurement),
  ];
  return [...new Set(stored)].toSorted();
}

/** Says what one poll of a part would bring. */
export function partWords({ is_table: isTable, rows, asked, answered }: ProposalPart): string {
  return isTable
    ? `${plural(rows, 'row')}, ${answered} of ${plural(asked, 'column')}`
    : `${answered} of ${plural(asked, 'object')}`;
}

export const USE_WORDS: Readonly<Record<WalkUse, string>> = {
  polled: 'Polled',
  proposed: 'Proposed',
  left_out: 'Left out',
};

/** Returns the tables in the order in which somebody reads them: what is new, what is polled, what is left out. */
export function tablesInOrder(tables: readonly ProposalTable[]): readonly ProposalTable[] {
  const order: readonly WalkUse[] = ['proposed', 'polled', 'left_out'];
  return tables.toSorted((a, b) => order.indexOf(a.use) - order.indexOf(b.use));
}

/** Checks a chosen file before it is sent. @returns what is wrong with it */
export function walkFault(text: string, most: number): string | undefined {
  if (text.length > most) return `The file is too long: ${most.toLocaleString('en')} characters at most.`;
  const isWalk = text.split('\n', 200).some((line) => /^\.?\d+(\.\d+)+\|\d+x?\|/.test(line));
  return isWalk ? undefined : 'This is no recording: its lines are OID|tag|value, as snmprec writes them.';
}
