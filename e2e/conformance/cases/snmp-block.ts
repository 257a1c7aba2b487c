/** One field or column of an SNMP block; option names are Telegraf's. */
export interface FieldText {
  readonly name: string;
  readonly oid: string;
  readonly is_tag?: boolean;
  readonly conversion?: string;
  readonly oid_index_suffix?: string;
  readonly oid_index_length?: number;
  readonly secondary_index_table?: boolean;
  readonly secondary_index_use?: boolean;
  readonly secondary_outer_join?: boolean;
}

export interface TableText {
  readonly name: string;
  readonly index_as_tag?: boolean;
  readonly inherit_tags?: readonly string[];
  readonly fields: readonly FieldText[];
}

export interface BlockText {
  readonly agents: readonly string[];
  /** Further options, as TOML lines. */
  readonly options?: string;
  readonly fields?: readonly FieldText[];
  readonly tables?: readonly TableText[];
}

/** Renders the TOML of an `[[inputs.snmp]]` block. */
export function snmpBlock({ agents, options = '', fields = [], tables = [] }: BlockText): string {
  const parts = [`agents = ${JSON.stringify(agents)}`];
  if (!/^timeout/m.test(options)) parts.push('timeout = "5s"');
  if (!/^retries/m.test(options)) parts.push('retries = 1');
  parts.push(options);
  for (const field of fields) parts.push('[[inputs.snmp.field]]', fieldLines(field));
  for (const { fields: columns, ...table } of tables) {
    parts.push('[[inputs.snmp.table]]', fieldLines(table));
    for (const column of columns) parts.push('[[inputs.snmp.table.field]]', fieldLines(column));
  }
  return parts.filter((part) => part !== '').join('\n');
}

/** Reads columns, each in one word: `name`, `tag:name` for a tag, and `=conversion`. */
export function columns(entry: string, words: readonly string[]): FieldText[] {
  return words.map((word, at) => {
    const [, isTag, name = '', conversion] = /^(tag:)?([^=]+)(?:=(.*))?$/.exec(word) ?? [];
    return {
      name,
      oid: `${entry}.${at + 1}`,
      ...(isTag === undefined ? {} : { is_tag: true }),
      ...(conversion === undefined ? {} : { conversion }),
    };
  });
}

function fieldLines(options: object): string {
  return Object.entries(options)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key} = ${JSON.stringify(value)}`)
    .join('\n');
}
