import { parseArgs } from 'node:util';
import { EnvironmentError, type EnvironmentVariable, errorMessage, readEnvironment } from '@stratora/runtime';
import { CommandLineError } from './command-line-error.ts';

type Readers = Record<string, EnvironmentVariable<unknown>>;
type Values<S> = { [K in keyof S]: S[K] extends EnvironmentVariable<infer T> ? T : never };

/** The options of a command: those with a value, each with its reader, and those without. */
export interface OptionSet<S extends Readers> {
  readonly values: S;
  readonly switches?: readonly string[];
  /** Names of the words that may stand beside the options, such as run; none when left out. */
  readonly actions?: readonly string[];
}

export interface ReadOptions<S> {
  readonly values: Values<S>;
  readonly switches: ReadonlySet<string>;
  readonly action: string | undefined;
}

/**
 * Reads the options of a command; each value is checked as a variable of the environment is, so that a number out of
 * range is refused everywhere alike.
 *
 * @throws CommandLineError
 */
export function readOptions<S extends Readers>(args: readonly string[], set: OptionSet<S>): ReadOptions<S> {
  const given = parse(args, set);
  const named: Record<string, EnvironmentVariable<unknown>> = {};
  const texts: Record<string, string | undefined> = {};
  for (const [name, reader] of Object.entries(set.values)) {
    const text = given.values[name];
    // The environment takes an empty value as not set; on a command line it is a slip.
    if (typeof text === 'string' && text.trim() === '') throw new CommandLineError(`--${name} is empty`);
    named[`--${name}`] = reader;
    texts[`--${name}`] = typeof text === 'string' ? text : undefined;
  }
  try {
    const read = readEnvironment(texts, named);
    const values = Object.fromEntries(Object.keys(set.values).map((name) => [name, read[`--${name}`]]));
    const switches = new Set((set.switches ?? []).filter((name) => given.values[name] === true));
    return { values: values as Values<S>, switches, action: actionOf(given.positionals, set.actions) };
  } catch (error) {
    if (error instanceof EnvironmentError) throw new CommandLineError(error.faults.join('; '));
    throw error;
  }
}

function parse(args: readonly string[], { values, switches = [], actions }: OptionSet<Readers>) {
  const options = Object.fromEntries([
    ...Object.keys(values).map((name) => [name, { type: 'string' as const }] as const),
    ...switches.map((name) => [name, { type: 'boolean' as const }] as const),
  ]);
  try {
    const read = parseArgs({
      args: [...args],
      options,
      strict: true,
      allowPositionals: actions !== undefined,
    });
    return { positionals: read.positionals, values: read.values as Record<string, unknown> };
  } catch (error) {
    // The first sentence of Node's own message says what is wrong; the rest is advice on shell quoting.
    throw new CommandLineError(errorMessage(error).split('\n')[0] ?? '', 2);
  }
}

function actionOf(words: readonly string[], actions: readonly string[] | undefined): string | undefined {
  if (actions === undefined) return undefined;
  const [action, ...more] = words;
  if (action === undefined || more.length > 0 || !actions.includes(action)) {
    throw new CommandLineError(`give one of ${actions.join(', ')}`, 2);
  }
  return action;
}
