const HEADER = /^\s*(\[\[?)\s*([^[\]]+?)\s*\]\]?\s*(?:#.*)?$/;
const KEY = /^\s*(?:"([^"\\]*)"|'([^']*)'|([A-Za-z0-9_-]+))\s*=/;

/**
 * Index of the lines in which the tables and keys of a TOML text begin. Built by looking at lines, not by parsing: it
 * serves messages only, and knows every place in texts written one key a line.
 */
export class LineIndex {
  readonly #lines = new Map<string, number>();

  constructor(text: string) {
    const counts = new Map<string, number>();
    let prefix = '';
    let open = '';
    for (const [index, line] of text.split('\n').entries()) {
      if (open !== '') {
        if (countOf(line, open) % 2 === 1) open = '';
        continue;
      }
      const header = HEADER.exec(line);
      const key = header === null ? KEY.exec(line) : null;
      if (header !== null) {
        prefix = this.#enter(header[2] ?? '', header[1] === '[[', counts);
        this.#set(prefix, index + 1);
      } else if (key !== null) {
        const name = key[1] ?? key[2] ?? key[3] ?? '';
        this.#set(prefix === '' ? name : `${prefix}.${name}`, index + 1);
      }
      open = openingOf(line);
    }
  }

  /** Returns the line of a path such as `inputs.snmp[0].agents`, or of the nearest table or block around it. */
  lineOf(path: string): number | undefined {
    for (let at = path; at !== ''; at = parentOf(at)) {
      const line = this.#lines.get(at) ?? this.#lines.get(`${at}[0]`);
      if (line !== undefined) return line;
    }
    return undefined;
  }

  #set(path: string, line: number): void {
    if (!this.#lines.has(path)) this.#lines.set(path, line);
  }

  /** Returns the path of a table below the latest block of each list of tables on the way to it. */
  #enter(name: string, isList: boolean, counts: Map<string, number>): string {
    const parts = name.split('.').map((part) => part.trim().replace(/^(["'])(.*)\1$/, '$2'));
    let path = '';
    for (const [depth, part] of parts.entries()) {
      path = path === '' ? part : `${path}.${part}`;
      const isLast = depth === parts.length - 1;
      if (isLast && isList) counts.set(path, (counts.get(path) ?? -1) + 1);
      const index = counts.get(path);
      if (index !== undefined) path = `${path}[${index}]`;
    }
    return path;
  }
}

function parentOf(path: string): string {
  const bracket = path.endsWith(']') ? path.lastIndexOf('[') : -1;
  return path.slice(0, Math.max(0, bracket, path.lastIndexOf('.')));
}

/** Returns the quotes of a multi-line string that begins in this line and does not end in it. */
function openingOf(line: string): string {
  for (const quotes of ['"""', "'''"]) {
    if (countOf(line, quotes) % 2 === 1) return quotes;
  }
  return '';
}

function countOf(text: string, part: string): number {
  return text.split(part).length - 1;
}
