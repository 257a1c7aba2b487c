/**
 * Finds the line of a value in the text of a file of rules, whose tables are arrays (`[[families]]`) of keys with
 * inline values.
 *
 * @param path such as `['families', 3, 'signs', 1, 'under']`; what stands deeper than a line of the table counts for that
 * @returns the line from 1; that of the table where the key is missing; undefined where there is no such table
 */
export function lineOfPath(text: string, path: readonly (string | number)[]): number | undefined {
  const [table, position, key, item] = path;
  const lines = text.split('\n');
  if (typeof table !== 'string') return undefined;
  if (typeof position !== 'number') return lineOf(lines, 0, startsWithKey(table));
  let start = -1;
  for (let count = 0; count <= position; count++) {
    start = lines.findIndex((line, at) => at > start && line.trim() === `[[${table}]]`);
    if (start < 0) return undefined;
  }
  if (typeof key !== 'string') return start + 1;
  const next = lines.findIndex((line, at) => at > start && line.startsWith('[['));
  const body = lines.slice(0, next < 0 ? lines.length : next);
  const at = lineOf(body, start + 1, startsWithKey(key));
  if (at === undefined) return start + 1;
  return typeof item === 'number' ? (lineOfItem(body, at - 1, item) ?? at) : at;
}

function startsWithKey(key: string): (line: string) => boolean {
  return (line) => line.trimStart().startsWith(key) && /^\s*=/.test(line.trimStart().slice(key.length));
}

function lineOf(lines: readonly string[], from: number, test: (line: string) => boolean): number | undefined {
  const at = lines.findIndex((line, index) => index >= from && test(line));
  return at < 0 ? undefined : at + 1;
}

/** Finds the line of an item of a list that has one item a line, below the line of its key. */
function lineOfItem(lines: readonly string[], keyAt: number, item: number): number | undefined {
  if (!/=\s*\[\s*$/.test(lines[keyAt] ?? '')) return undefined;
  let count = -1;
  for (let at = keyAt + 1; at < lines.length; at++) {
    const line = (lines[at] ?? '').trim();
    if (line.startsWith(']')) return undefined;
    if (line !== '' && !line.startsWith('#')) count++;
    if (count === item) return at + 1;
  }
  return undefined;
}
