/**
 * The lines of a TOML text in which its keys, tables, and items of lists stand. For texts that a parser has taken: it skips
 * over values, and judges nothing.
 */
export class TomlLines {
  readonly #text: string;
  readonly #lines = new Map<string, number>();
  /** The number of the last item of each list of tables, by its path. */
  readonly #lists = new Map<string, number>();
  #at = 0;
  #line = 1;

  constructor(text: string) {
    this.#text = text.replaceAll('\r\n', '\n');
    let table: string[] = [];
    for (this.#skip(); this.#at < this.#text.length; this.#skip()) {
      const start = this.#at;
      if (this.#peek() === '[') table = this.#header();
      else this.#pair(table);
      // Whatever is not understood is passed over.
      if (this.#at === start) this.#step();
    }
  }

  /**
   * Finds the line of a path such as `inputs.2.table.0.field.3.oid`.
   *
   * @returns that of the nearest thing around it where the path is not there; undefined where nothing of it is
   */
  lineOf(path: string): number | undefined {
    for (let at = path; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('.')))) {
      const line = this.#lines.get(at);
      if (line !== undefined) return line;
    }
    return undefined;
  }

  #peek(length = 1): string {
    return this.#text.slice(this.#at, this.#at + length);
  }

  #step(count = 1): void {
    for (let left = count; left > 0 && this.#at < this.#text.length; left--) {
      if (this.#text[this.#at] === '\n') this.#line += 1;
      this.#at += 1;
    }
  }

  /** Passes over spaces, line ends and comments. */
  #skip(): void {
    for (;;) {
      const rest = /^[ \t\r\n]+|^#[^\n]*/.exec(this.#text.slice(this.#at, this.#at + 4_096))?.[0];
      if (rest === undefined) return;
      this.#step(rest.length);
    }
  }

  #note(path: readonly string[]): void {
    const name = path.join('.');
    if (!this.#lines.has(name)) this.#lines.set(name, this.#line);
  }

  /** Reads `[a.b]` or `[[a.b]]`. @returns the path of the table that begins */
  #header(): string[] {
    const line = this.#line;
    const isList = this.#peek(2) === '[[';
    this.#step(isList ? 2 : 1);
    const keys = this.#keys();
    this.#step(isList ? 2 : 1);
    let path: string[] = [];
    for (const [depth, key] of keys.entries()) {
      path = [...path, key];
      const name = path.join('.');
      const isLast = depth === keys.length - 1;
      if (isList && isLast) this.#lists.set(name, (this.#lists.get(name) ?? -1) + 1);
      if (!this.#lines.has(name)) this.#lines.set(name, line);
      const item = this.#lists.get(name);
      if (item !== undefined && (!isLast || isList)) path = [...path, String(item)];
      if (!this.#lines.has(path.join('.'))) this.#lines.set(path.join('.'), line);
    }
    return path;
  }

  #pair(table: readonly string[]): void {
    const line = this.#line;
    const path = [...table];
    for (const key of this.#keys()) {
      path.push(key);
      if (!this.#lines.has(path.join('.'))) this.#lines.set(path.join('.'), line);
    }
    if (this.#peek() !== '=') return;
    this.#step();
    this.#skip();
    this.#value(path);
  }

  /** Reads a key with dots, and the spaces behind it. */
  #keys(): string[] {
    const keys: string[] = [];
    for (;;) {
      this.#spaces();
      const quote = this.#peek();
      if (quote === '"' || quote === "'") keys.push(this.#quoted());
      else {
        const word = /^[A-Za-z0-9_-]+/.exec(this.#text.slice(this.#at, this.#at + 1_024))?.[0] ?? '';
        this.#step(word.length);
        keys.push(word);
      }
      this.#spaces();
      if (this.#peek() !== '.') return keys;
      this.#step();
    }
  }

  #spaces(): void {
    while (this.#peek() === ' ' || this.#peek() === '\t') this.#step();
  }

  #value(path: readonly string[]): void {
    const first = this.#peek();
    if (first === '[') this.#list(path);
    else if (first === '{') this.#inline(path);
    else if (first === '"' || first === "'") this.#quoted();
    else this.#step(/^[^,\]}\n#]*/.exec(this.#text.slice(this.#at, this.#at + 1_024))?.[0].length ?? 0);
  }

  #list(path: readonly string[]): void {
    this.#step();
    for (let item = 0; this.#at < this.#text.length; item++) {
      this.#skip();
      if (this.#peek() === ']') break;
      const here = [...path, String(item)];
      this.#note(here);
      this.#value(here);
      this.#skip();
      if (this.#peek() !== ',') break;
      this.#step();
    }
    this.#step();
  }

  #inline(path: readonly string[]): void {
    this.#step();
    while (this.#at < this.#text.length) {
      this.#skip();
      if (this.#peek() === '}') break;
      this.#pair(path);
      this.#skip();
      if (this.#peek() !== ',') break;
      this.#step();
    }
    this.#step();
  }

  /** Passes over a text in quotes of any kind. @returns what stands between them */
  #quoted(): string {
    const quote = this.#peek();
    const isLong = this.#peek(3) === quote.repeat(3);
    const end = isLong ? quote.repeat(3) : quote;
    this.#step(end.length);
    const start = this.#at;
    while (this.#at < this.#text.length && this.#peek(end.length) !== end)
      this.#step(quote === '"' && this.#peek() === '\\' ? 2 : 1);
    const text = this.#text.slice(start, this.#at);
    this.#step(end.length);
    // A long text may end in one or two quotes of its own.
    if (isLong) while (this.#peek() === quote) this.#step();
    return text;
  }
}
