import { parseDurationMs, type TomlTable, type TomlValue } from '@stratora/telegraf';

/** A fault in the options of a block. */
export interface OptionFault {
  /** Path of the option inside the block: `agents`, `field[2].oid`. */
  readonly path: string;
  readonly message: string;
}

/**
 * Typed access to the options of one block. A getter notes a fault instead of throwing, and then returns the default,
 * so that one pass finds everything that is wrong. `finish()` names the options that nobody asked for.
 */
export class OptionReader {
  readonly #table: TomlTable;
  readonly #path: string;
  readonly #faults: OptionFault[];
  readonly #asked = new Set<string>();
  readonly #children: OptionReader[] = [];
  #isFinished = false;

  constructor(table: TomlTable, path = '', faults: OptionFault[] = []) {
    this.#table = table;
    this.#path = path;
    this.#faults = faults;
  }

  /** All faults so far, of this table and those below it. */
  get faults(): readonly OptionFault[] {
    return this.#faults;
  }

  has(name: string): boolean {
    return this.#table[name] !== undefined;
  }

  string(name: string): string | undefined;
  string(name: string, fallback: string): string;
  string(name: string, fallback?: string): string | undefined {
    return this.#read(name, fallback, 'a string', (value) => (typeof value === 'string' ? value : undefined));
  }

  /** Reads a string that must be there and not be empty. */
  requiredString(name: string): string {
    const value = this.string(name, '');
    if (value === '' && !this.#faults.some((fault) => fault.path === this.#pathOf(name))) {
      this.fault(name, 'is required');
    }
    return value;
  }

  /** Reads one of a closed set of words. */
  oneOf<const T extends string>(name: string, allowed: readonly T[], fallback: T): T {
    const value: string = this.string(name, fallback);
    const found = allowed.find((word) => word === value);
    if (found === undefined)
      this.fault(name, `must be one of ${allowed.map((word) => `"${word}"`).join(', ')}`);
    return found ?? fallback;
  }

  boolean(name: string): boolean | undefined;
  boolean(name: string, fallback: boolean): boolean;
  boolean(name: string, fallback?: boolean): boolean | undefined {
    return this.#read(name, fallback, 'true or false', (value) =>
      typeof value === 'boolean' ? value : undefined,
    );
  }

  integer(name: string): number | undefined;
  integer(name: string, fallback: number, range?: { min?: number; max?: number }): number;
  integer(name: string, fallback?: number, range: { min?: number; max?: number } = {}): number | undefined {
    const value = this.#read(name, fallback, 'a whole number', (given) => {
      const number = typeof given === 'bigint' ? Number(given) : given;
      return typeof number === 'number' && Number.isSafeInteger(number) ? number : undefined;
    });
    if (value === undefined) return fallback;
    const { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER } = range;
    if (value >= min && value <= max) return value;
    this.fault(name, `must be between ${min} and ${max}`);
    return fallback;
  }

  float(name: string): number | undefined;
  float(name: string, fallback: number): number;
  float(name: string, fallback?: number): number | undefined {
    return this.#read(name, fallback, 'a number', (value) => {
      const number = typeof value === 'bigint' ? Number(value) : value;
      return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
    });
  }

  /** Reads a duration in ms: `"10s"`, `"1m30s"`, or a bare number of seconds. */
  durationMs(name: string): number | undefined;
  durationMs(name: string, fallback: number): number;
  durationMs(name: string, fallback?: number): number | undefined {
    return this.#read(name, fallback, 'a duration such as "10s"', parseDurationMs);
  }

  /** Reads a list of strings; a single string counts as a list of one. */
  strings(name: string, fallback: readonly string[] = []): readonly string[] {
    return this.#read(name, fallback, 'a list of strings', (value) => {
      if (typeof value === 'string') return [value];
      return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined;
    });
  }

  /** Reads a list of whole numbers. */
  integers(name: string, fallback: readonly number[] = []): readonly number[] {
    return this.#read(name, fallback, 'a list of whole numbers', (value) => {
      if (!Array.isArray(value)) return undefined;
      const numbers = value.map(Number);
      const whole = value.every((item) => typeof item === 'number' || typeof item === 'bigint');
      return whole && numbers.every(Number.isSafeInteger) ? numbers : undefined;
    });
  }

  /** Reads a table of strings (`[inputs.x.headers]`). */
  stringMap(name: string): Readonly<Record<string, string>> {
    return this.#read(name, {}, 'a table of strings', (value) => {
      if (!isTable(value)) return undefined;
      const entries = Object.entries(value);
      return entries.every((entry): entry is [string, string] => typeof entry[1] === 'string')
        ? Object.fromEntries(entries)
        : undefined;
    });
  }

  /** Reads a table of lists of strings (`[inputs.x.body_form]`). */
  stringLists(name: string): Readonly<Record<string, readonly string[]>> {
    return this.#read(name, {}, 'a table of lists of strings', (value) => {
      if (!isTable(value)) return undefined;
      const entries = Object.entries(value);
      return entries.every((entry): entry is [string, readonly string[]] => isStrings(entry[1]))
        ? Object.fromEntries(entries)
        : undefined;
    });
  }

  /** Returns the sub-tables of that name (`[[inputs.snmp.field]]`), each with its own reader. */
  tables(name: string): OptionReader[] {
    const given = this.#read<readonly TomlTable[]>(name, [], 'a list of tables', (value) => {
      if (isTable(value)) return [value];
      return Array.isArray(value) && value.every(isTable) ? value : undefined;
    });
    const readers = given.map(
      (table, index) => new OptionReader(table, `${this.#pathOf(name)}[${index}]`, this.#faults),
    );
    this.#children.push(...readers);
    return readers;
  }

  /**
   * Reads the sub-tables of that name, each by `read`. Lists that many blocks share (see `readConfig`) are read once
   * and give the same result every time, unless something was wrong with them.
   */
  eachTable<T>(name: string, read: (table: OptionReader) => T): readonly T[] {
    const list = this.#table[name];
    const isShared = Array.isArray(list) && Object.isFrozen(list);
    const known = isShared ? shared.get(read)?.get(list) : undefined;
    if (known !== undefined) {
      this.#asked.add(name);
      return known as readonly T[];
    }
    const faultsBefore = this.#faults.length;
    const tables = this.tables(name);
    const result = tables.map(read);
    if (isShared) {
      for (const table of tables) table.finish();
      if (this.#faults.length === faultsBefore) remember(read, list, result);
    }
    return result;
  }

  /** Notes that an option is wrong. */
  fault(name: string, message: string): void {
    this.#faults.push({ path: this.#pathOf(name), message });
  }

  /** Takes options as known that this input accepts and has no use for. */
  ignore(...names: readonly string[]): void {
    for (const name of names) this.#asked.add(name);
  }

  /** Notes a fault for every option that no getter asked for, here and in the sub-tables; gives all faults. */
  finish(): readonly OptionFault[] {
    if (this.#isFinished) return this.#faults;
    this.#isFinished = true;
    for (const name of Object.keys(this.#table)) {
      if (!this.#asked.has(name)) this.fault(name, 'is not an option of this input');
    }
    for (const child of this.#children) child.finish();
    return this.#faults;
  }

  #pathOf(name: string): string {
    return this.#path === '' ? name : `${this.#path}.${name}`;
  }

  #read<T>(name: string, fallback: T, expected: string, convert: (value: TomlValue) => T | undefined): T;
  #read<T>(
    name: string,
    fallback: T | undefined,
    expected: string,
    convert: (value: TomlValue) => T | undefined,
  ): T | undefined;
  #read<T>(
    name: string,
    fallback: T | undefined,
    expected: string,
    convert: (value: TomlValue) => T | undefined,
  ): T | undefined {
    this.#asked.add(name);
    const value = this.#table[name];
    if (value === undefined) return fallback;
    const converted = convert(value);
    if (converted === undefined) this.fault(name, `must be ${expected}`);
    return converted ?? fallback;
  }
}

/** Results of `eachTable` by reader and list. */
const shared = new WeakMap<object, WeakMap<object, readonly unknown[]>>();

function remember(read: object, list: object, result: readonly unknown[]): void {
  const results = shared.get(read) ?? new WeakMap<object, readonly unknown[]>();
  shared.set(read, results.set(list, result));
}

function isStrings(value: TomlValue): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function isTable(value: TomlValue): value is TomlTable {
  return typeof value === 'object' && !Array.isArray(value) && !(value instanceof Date);
}
