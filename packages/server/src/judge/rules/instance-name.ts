/** Labels that say which node a series is of and who gathered it, and nothing about what on the node it is of. */
const NODE_LABELS: ReadonlySet<string> = new Set([
  '__name__',
  'node_id',
  'node_name',
  'collector_id',
  'host',
  'agent_host',
]);

/**
 * Makes the name of the instance that a series is of: the values of the instance labels in the order of their names, with `:`
 * between them; empty where it has none of them. Ports are `Gi1/0/24`, disks `C:`.
 *
 * @param instanceLabels those of the definition: names, or alternatives (`ifName|ifDescr`); null for all labels but those
 *   of the node
 */
export function instanceName(
  labels: Readonly<Record<string, string>>,
  instanceLabels: readonly string[] | null,
): string {
  const names = instanceLabels ?? Object.keys(labels).filter((name) => !NODE_LABELS.has(name));
  return names
    .toSorted()
    .map((name) => firstValue(labels, name))
    .filter((value) => value !== '')
    .join(':');
}

function firstValue(labels: Readonly<Record<string, string>>, alternatives: string): string {
  for (const name of alternatives.split('|')) {
    const value = Object.hasOwn(labels, name) ? labels[name] : undefined;
    if (value !== undefined && value !== '') return value;
  }
  return '';
}
