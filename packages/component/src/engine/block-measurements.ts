import type { InputBlock } from '@stratora/telegraf';

/** Plugins whose samples all have the plugin's own name. */
const SAME_NAME: ReadonlySet<string> = new Set([
  'cpu',
  'disk',
  'diskio',
  'http_response',
  'kernel',
  'linux_sysctl_fs',
  'mem',
  'net',
  'ping',
  'processes',
  'swap',
  'system',
  'systemd_units',
  'win_services',
  'x509_cert',
]);

/**
 * Lists the measurements that an input block writes, by which its samples are told from those of the node's other blocks;
 * undefined where its config does not say them.
 */
export function blockMeasurements(block: InputBlock): ReadonlySet<string> | undefined {
  const { plugin, options, nameOverride, namePrefix, nameSuffix } = block;
  if ((nameOverride ?? namePrefix ?? nameSuffix) !== undefined) return undefined;
  if (plugin === 'vsphere') return vsphereMeasurements(options);
  if (plugin !== 'snmp') return SAME_NAME.has(plugin) ? new Set([plugin]) : undefined;
  const names = [...namesOf(options['table'])];
  if (options['field'] !== undefined) names.push(options['name'] ?? plugin);
  return names.length > 0 && names.every(isText) ? new Set(names) : undefined;
}

/** Names a measurement by kind and group of each counter that is named in full; a pattern tells no group. */
function vsphereMeasurements(options: InputBlock['options']): ReadonlySet<string> | undefined {
  const names = Object.entries(options).flatMap(([option, counters]) => {
    const kind = /^(\w+)_metric_include$/.exec(option)?.[1]?.replaceAll('_', '');
    const listed = [counters].flat().filter(isText);
    return kind === undefined ? [] : listed.map((counter) => [kind, counter.split('.')[0] ?? '']);
  });
  if (names.length === 0 || names.some(([, group = '']) => !/^\w+$/.test(group))) return undefined;
  return new Set(names.map((parts) => `vsphere_${parts.join('_')}`));
}

/** Reads the names of tables; one without a name is called as its MIB calls it, which no config tells. */
function namesOf(tables: unknown): unknown[] {
  return [tables ?? []].flat().map((table: { name?: unknown } | null) => table?.name);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
