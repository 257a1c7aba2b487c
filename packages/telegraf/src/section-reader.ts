import { parseDurationMs } from './duration.ts';
import { isTomlTable, type TomlTable, type TomlValue } from './toml-value.ts';

/** Called with every fault that a section has. */
export type FaultSink = (path: string, message: string) => void;

type Converter<T> = (value: TomlValue) => T | undefined;

const asText: Converter<string> = (value) => (typeof value === 'string' ? value : undefined);
const asFlag: Converter<boolean> = (value) => (typeof value === 'boolean' ? value : undefined);
const asCount: Converter<number> = (value) =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;

/** Takes known settings out of a table one by one; what is left then belongs to the plugin or to nobody. */
export class SectionReader {
  readonly #table: TomlTable;
  readonly #path: string;
  readonly #fault: FaultSink;
  readonly #taken = new Set<string>();

  constructor(table: TomlTable, path: string, fault: FaultSink) {
    this.#table = table;
    this.#path = path;
    this.#fault = fault;
  }

  text(name: string): string | undefined {
    return this.#take(name, 'a string', asText);
  }

  flag(name: string): boolean | undefined {
    return this.#take(name, 'true or false', asFlag);
  }

  count(name: string): number | undefined {
    return this.#take(name, 'a whole number, 0 or more', asCount);
  }

  durationMs(name: string): number | undefined {
    return this.#take(name, 'a duration such as "10s"', parseDurationMs);
  }

  /**
   * Takes a duration in a setting that every block has. Telegraf reads these otherwise than all other durations: it
   * knows no days, and takes no notice of numbers, which is refused here.
   */
  blockDurationMs(name: string): number | undefined {
    return this.#take(name, 'a duration with its unit, such as "10s" or "24h"', asBlockDuration);
  }

  /** Takes a list of strings; several names are read as one list, oldest name first. */
  texts(...names: readonly string[]): readonly string[] | undefined {
    const lists = names.map((name) => this.#take(name, 'a list of strings', asTexts));
    const all = lists.flatMap((list) => list ?? []);
    return all.length > 0 ? all : undefined;
  }

  /** Takes a table of strings. */
  textTable(name: string): Readonly<Record<string, string>> | undefined {
    return this.#take(name, 'a table of strings', (value) => tableOf(value, asText));
  }

  /** Takes a table of lists of strings. */
  textsTable(name: string): Readonly<Record<string, readonly string[]>> | undefined {
    return this.#take(name, 'a table of lists of strings', (value) => tableOf(value, asTexts));
  }

  /** Drops settings that are known and mean nothing here. */
  skip(names: readonly string[]): void {
    for (const name of names) this.#taken.add(name);
  }

  /** Returns everything that was not taken. */
  rest(): TomlTable {
    return Object.fromEntries(Object.entries(this.#table).filter(([name]) => !this.#taken.has(name)));
  }

  /** Reports a fault for each setting that was not taken. */
  refuseRest(): void {
    for (const name of Object.keys(this.rest()))
      this.#fault(`${this.#path}.${name}`, 'is not a known setting');
  }

  #take<T>(name: string, expected: string, convert: Converter<T>): T | undefined {
    this.#taken.add(name);
    const value = this.#table[name];
    if (value === undefined) return undefined;
    const converted = convert(value);
    if (converted === undefined) this.#fault(`${this.#path}.${name}`, `must be ${expected}`);
    return converted;
  }
}

function asBlockDuration(value: TomlValue): number | undefined {
  if (value === '0') return 0;
  const isPlain = typeof value === 'string' && !/^[\d.]+$|d/.test(value);
  return isPlain ? parseDurationMs(value) : undefined;
}

function asTexts(value: TomlValue): readonly string[] | undefined {
  return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined;
}

function tableOf<T>(value: TomlValue, convert: Converter<T>): Readonly<Record<string, T>> | undefined {
  if (!isTomlTable(value)) return undefined;
  const entries = Object.entries(value).map(([key, item]) => [key, convert(item)] as const);
  return entries.every((entry): entry is readonly [string, T & {}] => entry[1] !== undefined)
    ? Object.fromEntries(entries)
    : undefined;
}
