/**
 * The file of credential keys: a line for each, of its version and 64 hex digits. A file of 64 hex digits alone holds key 1.
 */

const LINE = /^(?:([1-9]\d{0,3})[ \t]+)?([0-9a-fA-F]{64})$/;

/** Parses the text of a file of keys. @throws in words where it is none */
export function parseKeyFile(text: string): Map<number, string> {
  const keys = new Map<number, string>();
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const trimmed = line.trim();
    if (trimmed === '') continue;
    const [, version = '1', key = ''] = LINE.exec(trimmed) ?? [];
    if (key === '')
      throw new Error(`line ${index + 1} is not a version and 64 hex digits, nor 64 hex digits alone`);
    if (keys.has(Number(version))) throw new Error(`line ${index + 1} gives key ${version} again`);
    keys.set(Number(version), key.toLowerCase());
  }
  if (keys.size === 0) throw new Error('it holds no key');
  return keys;
}

/** Formats keys as the text of a file, oldest first. */
export function formatKeyFile(keys: ReadonlyMap<number, string>): string {
  const lines = [...keys].sort(([a], [b]) => a - b).map(([version, key]) => `${version} ${key}`);
  return `${lines.join('\n')}\n`;
}
