import { createHash } from 'node:crypto';

/** Labels that say which node a series is of and who gathered it, and nothing about what on the node it is of. */
const NODE_LABELS: ReadonlySet<string> = new Set([
  '__name__',
  'node_id',
  'node_name',
  'collector_id',
  'host',
  'agent_host',
]);

/** Labels of an interface that a restart or a person changes: they name none that has a name. */
const PASSING_LABELS: ReadonlySet<string> = new Set(['ifIndex', 'ifAlias']);
const LASTING_NAMES = ['ifName', 'ifDescr', 'ifTwin'];

/** Most characters of an instance: a row of a condition is found by it, and an entry of an index holds 2704 bytes. */
const INSTANCE_MAX = 300;
/** Characters of the digest at the end of a name that is cut. */
const DIGEST_LENGTH = 22;

/**
 * Makes the name of the instance that a series is of: the values of the instance labels in the order of their names, with `:`
 * between them, as `storedInstance` has it; empty where it has none of them. Ports are `Gi1/0/24`, disks `C:`.
 *
 * @param instanceLabels those of the definition: names, or alternatives (`ifName|ifDescr`); null for all labels but those
 *   of the node, and of an interface that has a name without its ifIndex and ifAlias
 */
export function instanceName(
  labels: Readonly<Record<string, string>>,
  instanceLabels: readonly string[] | null,
): string {
  const names = instanceLabels ?? lastingLabels(labels);
  const values = names
    .toSorted()
    .map((name) => firstValue(labels, name))
    .filter((value) => value !== '');
  return storedInstance(values.join(':'));
}

function lastingLabels(labels: Readonly<Record<string, string>>): string[] {
  const names = Object.keys(labels).filter((name) => !NODE_LABELS.has(name));
  if (!names.some((name) => PASSING_LABELS.has(name))) return names;
  const hasName = LASTING_NAMES.some((name) => (labels[name] ?? '') !== '');
  return hasName ? names.filter((name) => !PASSING_LABELS.has(name)) : names;
}

/** Makes of the name of an instance one that PostgreSQL and its indexes take. */
export function storedInstance(name: string): string {
  return storedName(name, INSTANCE_MAX);
}

/** Makes of a name one that PostgreSQL takes, of so many characters at most; one that is cut ends in a digest of the whole. */
export function storedName(name: string, most: number): string {
  const isFit = name.length <= most && !name.includes('\0') && name.isWellFormed();
  if (isFit) return name;
  const text = storedText(name);
  if (text.length <= most) return text;
  const digest = createHash('sha256').update(text).digest('base64url').slice(0, DIGEST_LENGTH);
  return `${text.slice(0, most - DIGEST_LENGTH - 1).toWellFormed()}~${digest}`;
}

/** Picks the labels that an alert keeps: those that tell what on its node a series is of. */
export function keptLabels(metric: Readonly<Record<string, string>>): Record<string, string> {
  const labels = Object.entries(metric).filter(([name]) => !NODE_LABELS.has(name));
  return Object.fromEntries(labels.map(([name, value]) => [storedText(name), storedText(value)]));
}

function storedText(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}

function firstValue(labels: Readonly<Record<string, string>>, alternatives: string): string {
  for (const name of alternatives.split('|')) {
    const value = Object.hasOwn(labels, name) ? labels[name] : undefined;
    if (value !== undefined && value !== '') return value;
  }
  return '';
}
