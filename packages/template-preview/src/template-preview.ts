import type { DecodedLine } from '@stratora/lineprotocol';

/** A line as the store would take it, without the tags of the node. */
export interface PreviewPoint {
  readonly measurement: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly fields: Readonly<Record<string, number>>;
}

/** A line as the engine wrote it, without the tags of the node. */
export interface PreviewedRow {
  readonly measurement: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly fields: Readonly<Record<string, string | number | bigint | boolean>>;
  /** Number of points that the rules made of a raw row; absent for a row that is stored as it is. */
  readonly points?: number;
}

/** What an input asked for and got nothing of. */
export interface Unanswered {
  /** Measurement of the fields or of the table. */
  readonly measurement: string;
  /** Whether there was not one row, or not one of the fields. */
  readonly isWhole: boolean;
  /** Names of the fields or columns without a value. */
  readonly columns: readonly string[];
}

/** What one input of the template gave. */
export interface PreviewedInput {
  readonly id: string;
  /** What the engine says of the poll: `ok`, or what went wrong. */
  readonly status: string;
  readonly message: string;
  readonly rows: readonly PreviewedRow[];
  readonly unanswered: readonly Unanswered[];
}

/** What a template gives for a recorded device. */
export interface TemplatePreview {
  /** In the order of measurement and tags. */
  readonly points: readonly PreviewPoint[];
  readonly inputs: readonly PreviewedInput[];
  /** Requests that the device got. */
  readonly requests: number;
}

/** Tags that belong to the node and its poll, and not to what a template gives. */
const NODE_TAGS: ReadonlySet<string> = new Set(['agent_host', 'host', 'node_id']);

/** Returns the tags of a line that its template gave. */
export function ownTags(line: DecodedLine): Record<string, string> {
  return Object.fromEntries([...line.tags].filter(([name]) => !NODE_TAGS.has(name)));
}

/** Reads what the store keeps of a line: numbers, with truth values as 1 and 0; it has no place for texts. */
export function pointOf(line: DecodedLine): PreviewPoint | undefined {
  const fields: Record<string, number> = {};
  for (const [name, value] of line.fields) if (typeof value !== 'string') fields[name] = Number(value);
  if (Object.keys(fields).length === 0) return undefined;
  return { measurement: line.measurement, tags: ownTags(line), fields };
}

/** Compares points by measurement, tags and fields, so that the same device gives the same list. */
export function comparePoints(a: PreviewPoint, b: PreviewPoint): number {
  const [first, second] = [sortKey(a), sortKey(b)];
  return first < second ? -1 : first > second ? 1 : 0;
}

function sortKey({ measurement, tags, fields }: PreviewPoint): string {
  const texts = Object.entries(tags)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    // Interface 2 comes before interface 10.
    .map(([name, value]) => `${name}=${value.replaceAll(/\d{1,15}/g, (digits) => digits.padStart(15, '0'))}`);
  return [measurement, ...texts, ...Object.keys(fields).toSorted()].join('\n');
}
