/** The line protocol types of a field's value. */
export type FieldType = 'float' | 'integer' | 'string' | 'boolean';

export interface FieldSamples {
  readonly types: Set<FieldType>;
  /** Distinct values over all rounds: numbers in one spelling, strings unchanged. */
  readonly values: Set<string>;
}

/** One series: its measurement and tags, and the values of its fields in all rounds. */
export interface Series {
  /** Measurement and tags exactly as written, which identify a series in a store. */
  readonly key: string;
  readonly measurement: string;
  readonly tags: ReadonlyMap<string, string>;
  readonly fields: Map<string, FieldSamples>;
  /** Times in ns since the epoch, as written. */
  readonly times: Set<string>;
}

export type SeriesSet = Map<string, Series>;

/**
 * Reads line protocol by its grammar and no further: a string may hold line feeds. It shares no code with the
 * product's own reader, which is stricter. A line that cannot be read is a series of its own, named by its text.
 */
export function readSeries(text: string): SeriesSet {
  const found: SeriesSet = new Map();
  const reader = new LineReader(text);
  while (!reader.isAtEnd()) {
    if (reader.skipLineFeed()) continue;
    const start = reader.place;
    try {
      readLine(reader, found);
    } catch (error) {
      if (!(error instanceof LineFault)) throw error;
      const line = reader.skipLine(start);
      const name = / ?,case=((?:\\.|[^, ])+)/.exec(line)?.[1]?.replace(/\\(.)/g, '$1') ?? '';
      const key = `unreadable: ${line.replace(/ \d+$/, '')}`;
      const tags = new Map([['case', name]]);
      found.set(key, { key, measurement: '', tags, fields: new Map(), times: new Set() });
    }
  }
  return found;
}

function readLine(reader: LineReader, found: SeriesSet): void {
  const head = reader.head();
  const fields = [...reader.fields()];
  const time = reader.time();
  let series = found.get(head.key);
  if (series === undefined) {
    series = { ...head, fields: new Map(), times: new Set() };
    found.set(head.key, series);
  }
  series.times.add(time);
  for (const { name, type, value } of fields) {
    let samples = series.fields.get(name);
    if (samples === undefined) {
      samples = { types: new Set(), values: new Set() };
      series.fields.set(name, samples);
    }
    samples.types.add(type);
    samples.values.add(value);
  }
}

class LineFault extends Error {}

class LineReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get place(): number {
    return this.#at;
  }

  /** Moves to the end of the line that starts there, and returns its text. */
  skipLine(start: number): string {
    const end = this.#text.indexOf('\n', start);
    this.#at = end < 0 ? this.#text.length : end + 1;
    return this.#text.slice(start, end < 0 ? undefined : end);
  }

  isAtEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  skipLineFeed(): boolean {
    if (this.#text[this.#at] !== '\n') return false;
    this.#at += 1;
    return true;
  }

  head(): Pick<Series, 'key' | 'measurement' | 'tags'> {
    const start = this.#at;
    const measurement = this.#word(', ');
    const tags = new Map<string, string>();
    while (this.#text[this.#at] === ',') {
      this.#at += 1;
      const name = this.#word('=, ');
      this.#expect('=');
      const value = this.#word(', ');
      if (tags.has(name)) throw this.#fault(`the tag ${name} comes twice`);
      tags.set(name, value);
    }
    const key = this.#text.slice(start, this.#at);
    this.#expect(' ');
    return { key, measurement, tags };
  }

  *fields(): Generator<{ name: string; type: FieldType; value: string }> {
    const names = new Set<string>();
    for (;;) {
      const name = this.#word('=, ');
      this.#expect('=');
      // A line with a field twice is for its store to resolve; here it counts as a field that the other engine has not.
      yield { name: names.has(name) ? `${name} (again)` : name, ...this.#value() };
      names.add(name);
      if (this.#text[this.#at] !== ',') break;
      this.#at += 1;
    }
    this.#expect(' ');
  }

  time(): string {
    const start = this.#at;
    while (/[0-9-]/.test(this.#text[this.#at] ?? '')) this.#at += 1;
    const digits = this.#text.slice(start, this.#at);
    if (digits === '') throw this.#fault('there is no time');
    if (!this.isAtEnd()) this.#expect('\n');
    return digits;
  }

  #value(): { type: FieldType; value: string } {
    if (this.#text[this.#at] === '"') return { type: 'string', value: this.#string() };
    const start = this.#at;
    while (!this.isAtEnd() && !', \n'.includes(this.#text[this.#at] ?? '')) this.#at += 1;
    const word = this.#text.slice(start, this.#at);
    if (/^-?\d+i$/.test(word)) return { type: 'integer', value: String(BigInt(word.slice(0, -1))) };
    if (word === 'true' || word === 'false') return { type: 'boolean', value: word };
    if (word !== '' && Number.isFinite(Number(word))) return { type: 'float', value: String(Number(word)) };
    throw this.#fault(`"${word}" is no value`);
  }

  #string(): string {
    this.#at += 1;
    let value = '';
    for (;;) {
      const character = this.#text[this.#at];
      if (character === undefined) throw this.#fault('a string has no end');
      this.#at += 1;
      if (character === '"') return value;
      const next = this.#text[this.#at];
      if (character === '\\' && (next === '"' || next === '\\')) {
        value += next;
        this.#at += 1;
      } else {
        value += character;
      }
    }
  }

  /** Reads up to a stop that no backslash precedes. */
  #word(stops: string): string {
    let word = '';
    for (;;) {
      const character = this.#text[this.#at];
      if (character === undefined || character === '\n' || stops.includes(character)) return word;
      const next = this.#text[this.#at + 1] ?? '';
      const isEscape = character === '\\' && next !== '' && ', =\\'.includes(next);
      word += isEscape ? next : character;
      this.#at += isEscape ? 2 : 1;
    }
  }

  #expect(character: string): void {
    if (this.#text[this.#at] !== character) throw this.#fault(`"${character}" is missing`);
    this.#at += 1;
  }

  #fault(what: string): LineFault {
    const around = this.#text.slice(Math.max(0, this.#at - 80), this.#at + 40);
    return new LineFault(`${what} at ${this.#at}: ${JSON.stringify(around)}`);
  }
}
