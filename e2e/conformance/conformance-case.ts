/** Name of a run: a pair of engines beside each other with a telegraf.conf of their own. */
export type RunName = string;

/** One `[[inputs.X]]` block that both engines run. Its name is the tag `case` and the alias of the block. */
export interface ConformanceCase {
  readonly name: string;
  readonly input: string;
  /** TOML of the block without its header, its alias and its tags. */
  readonly options?: string;
  /** The run that it belongs to; `plain` by default. */
  readonly run?: RunName;
  /**
   * Fields whose values move, as patterns with `*`, matched against the field and `measurement.field`. All others must
   * have the same values from both engines.
   */
  readonly varies?: readonly string[];
  /** Tags whose values differ between engines. */
  readonly movingTags?: readonly string[];
  /** Least number of series that both must write, 1 by default, so that silence is not taken for agreement. */
  readonly series?: number;
  /** A program of the machine that the stage needs for this case. */
  readonly needs?: 'snmpd' | 'dbus-daemon' | 'vcsim';
  /** Further tags of the block, as TOML lines. */
  readonly tags?: string;
}

/** The part of a telegraf.conf before the inputs, and the environment of both engines. */
export interface ConformanceRun {
  readonly name: RunName;
  /** TOML of `[agent]` and `[global_tags]`. `{folder}` is the stage's own, here as in cases and environments. */
  readonly head: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Renders the config that both engines run, without an output. */
export function confOf(run: ConformanceRun, cases: readonly ConformanceCase[]): string {
  return [run.head, ...cases.filter((one) => (one.run ?? 'plain') === run.name).map(blockOf)].join('\n');
}

/** Renders a block: options, then sub-tables, so that a case may bring some of its own at its end. */
export function blockOf({ name, input, options = '', tags = '' }: ConformanceCase): string {
  const text = options.trim();
  const firstTable = text.search(/^\s*\[/m);
  const plain = firstTable < 0 ? text : text.slice(0, firstTable).trimEnd();
  const tables = firstTable < 0 ? '' : text.slice(firstTable);
  const alias = /^alias\s*=/m.test(plain) ? '' : `alias = "${name}"`;
  return [
    `[[inputs.${input}]]`,
    alias,
    plain,
    tables,
    `[inputs.${input}.tags]`,
    `case = "${name}"`,
    tags.trim(),
  ]
    .filter((part) => part !== '')
    .join('\n')
    .concat('\n');
}
