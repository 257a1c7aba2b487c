/** A line of the table that cannot be used. */
export interface RegistryFault {
  /** From 1. */
  readonly line: number;
  readonly message: string;
}

/**
 * Names of holders of enterprise numbers, for devices that no vendor of the rules made. The table stays the text that it
 * was read as, a tenth of the memory of a map, and is searched by halves.
 */
export class EnterpriseRegistry {
  readonly #text: string;

  /** @param text `NUMBER NAME` a line, by rising numbers; see `registryFaults` */
  constructor(text: string) {
    this.#text = text;
  }

  /** Finds who holds a number. */
  find(number: number): string | undefined {
    const text = this.#text;
    let low = 0;
    let high = text.length;
    while (low < high) {
      const start = text.lastIndexOf('\n', (low + high) >> 1) + 1;
      const end = endOfLine(text, start);
      const space = text.indexOf(' ', start);
      const own = Number(text.slice(start, space));
      if (own === number) return text.slice(space + 1, end);
      if (own < number) low = end + 1;
      else high = start - 1;
    }
    return undefined;
  }
}

/** Checks a table: numbers rise, and each has a name. */
export function registryFaults(text: string): RegistryFault[] {
  const faults: RegistryFault[] = [];
  let last = 0;
  for (const [at, line] of text.split('\n').entries()) {
    if (line === '' && at > 0) continue;
    const [, number = '0'] = /^(\d{1,10}) \S.{0,79}$/.exec(line) ?? [];
    if (Number(number) > last) last = Number(number);
    else faults.push({ line: at + 1, message: 'must be a number above the one before, a space and a name' });
  }
  return faults;
}

function endOfLine(text: string, start: number): number {
  const end = text.indexOf('\n', start);
  return end < 0 ? text.length : end;
}
