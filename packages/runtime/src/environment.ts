export type EnvironmentSource = Readonly<Record<string, string | undefined>>;

/** Parses one variable; throws with what is wrong. `undefined` and the empty string both mean "not set". */
export interface EnvironmentVariable<T> {
  parse(value: string | undefined): T;
}

type Values<S> = { [K in keyof S]: S[K] extends EnvironmentVariable<infer T> ? T : never };

export class EnvironmentError extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    const list =
      faults.length === 1 ? ` ${faults[0]}` : `\n${faults.map((fault) => `  - ${fault}`).join('\n')}`;
    super(`The environment is not usable:${list}`);
    this.name = 'EnvironmentError';
    this.faults = faults;
  }
}

function variable<T>(read: (value: string) => T, fallback: { default?: T }): EnvironmentVariable<T> {
  return {
    parse(value) {
      if (value !== undefined && value !== '') return read(value);
      if ('default' in fallback) return fallback.default;
      throw new Error('is required');
    },
  };
}

export function envString(options: { default?: string } = {}): EnvironmentVariable<string> {
  return variable((value) => value, options);
}

export function envOptional(): EnvironmentVariable<string | undefined> {
  return { parse: (value) => (value === '' ? undefined : value) };
}

export function envInteger(
  options: { default?: number; min?: number; max?: number } = {},
): EnvironmentVariable<number> {
  const { min = 0, max = Number.MAX_SAFE_INTEGER } = options;
  return variable((value) => {
    const number = Number(value);
    if (!/^-?\d+$/.test(value) || number < min || number > max) {
      throw new Error(`must be a whole number from ${min} to ${max}`);
    }
    return number;
  }, options);
}

export function envPort(options: { default?: number } = {}): EnvironmentVariable<number> {
  return envInteger({ ...options, min: 0, max: 65_535 });
}

export function envBoolean(options: { default?: boolean } = {}): EnvironmentVariable<boolean> {
  return variable((value) => {
    if (/^(1|true|yes|on)$/i.test(value)) return true;
    if (/^(0|false|no|off)$/i.test(value)) return false;
    throw new Error('must be true or false');
  }, options);
}

export function envOneOf<const T extends string>(
  choices: readonly T[],
  options: { default?: T } = {},
): EnvironmentVariable<T> {
  return variable((value) => {
    const choice = choices.find((candidate) => candidate === value);
    if (choice === undefined) throw new Error(`must be one of ${choices.join(', ')}`);
    return choice;
  }, options);
}

/**
 * Reads the process configuration once, in one place; all faults are listed at once.
 * @throws EnvironmentError
 */
export function readEnvironment<S extends Record<string, EnvironmentVariable<unknown>>>(
  source: EnvironmentSource,
  schema: S,
): Values<S> {
  const faults: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, entry] of Object.entries(schema)) {
    try {
      values[name] = entry.parse(source[name]);
    } catch (error) {
      faults.push(`${name} ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  if (faults.length > 0) throw new EnvironmentError(faults);
  return values as Values<S>;
}
