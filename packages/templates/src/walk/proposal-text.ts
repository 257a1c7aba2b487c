import type { PlannedColumn, PlannedTable, ProposalPlan } from './proposal-plan.ts';

export interface ProposalHead {
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly vendor: string | undefined;
  readonly parents: readonly string[];
  /** Empty where the number does not tell the device from others. */
  readonly sysObjectId: string;
}

const OPTIONS = 'timeout = "2s", retries = 2, max_repetitions = 25';
const INTERVAL_SECONDS = 60;
const TABLES_OF_INPUT = 8;
const CURVES = 6;

/** Writes the file of a proposal: a template that is complete, with what each column looks like beside it. */
export function proposalText(head: ProposalHead, { tables, scalars }: ProposalPlan): string {
  const prefix = prefixOf(head.slug);
  const parts = [headText(head)];
  if (scalars.length > 0) parts.push(scalarText(prefix, scalars));
  for (let at = 0; at < tables.length; at += TABLES_OF_INPUT) {
    parts.push(inputText(prefix, at / TABLES_OF_INPUT + 1, tables.slice(at, at + TABLES_OF_INPUT)));
  }
  for (const table of tables) parts.push(ruleText(prefix, table));
  if (scalars.length > 0) parts.push(...panelTexts(`${prefix}_objects`, 'Objects', scalars, ''));
  for (const table of tables) {
    parts.push(...panelTexts(`${prefix}_${table.name}`, table.title, table.columns, '{{row}}'));
  }
  return `${parts.join('\n\n')}\n`;
}

/** Returns the start of the measurements of a template: its slug as far as it goes. */
function prefixOf(slug: string): string {
  const word = slug.replaceAll('-', '_').slice(0, 20).replace(/_+$/, '');
  return /^[a-z]/.test(word) ? word : `d_${word}`;
}

function headText({ slug, name, description, vendor, parents, sysObjectId }: ProposalHead): string {
  const lines = [
    '# A proposal from a recorded device. What the numbers mean, and in which units they are, is for you to say: give them',
    '# the names of docs/reference/device-templates.md where there is one, and drop what nobody needs.',
    `slug = ${quoted(slug)}`,
    `name = ${quoted(name)}`,
    `description = ${quoted(description)}`,
    'gathered_by = "collector"',
    ...(vendor === undefined ? [] : [`vendor = ${quoted(vendor)}`]),
    `extends = [${parents.map(quoted).join(', ')}]`,
  ];
  const match =
    sysObjectId === ''
      ? [
          '',
          '# Its sysObjectID is that of an agent that many devices have, so the template is chosen by hand.',
        ]
      : ['', '[match]', `sys_object_ids = [${quoted(sysObjectId)}]`];
  return [...lines, ...match].join('\n');
}

function scalarText(prefix: string, scalars: readonly PlannedColumn[]): string {
  return [
    '[[inputs]]',
    `id = "${prefix}_objects"`,
    'plugin = "snmp"',
    'requires = "snmp_credential"',
    `interval_seconds = ${INTERVAL_SECONDS}`,
    `options = { name = "raw_${prefix}_objects", ${OPTIONS} }`,
    'field = [',
    ...scalars.map((one) => `  ${columnText(one)}`),
    ']',
    '',
    '[[metrics]]',
    `from = "raw_${prefix}_objects"`,
    `measurement = "${prefix}_objects"`,
    '[metrics.fields]',
    ...scalars.map(({ name }) => `${name} = "${name}"`),
  ].join('\n');
}

function inputText(prefix: string, number: number, tables: readonly PlannedTable[]): string {
  const lines = [
    '[[inputs]]',
    `id = "${prefix}_tables_${number}"`,
    'plugin = "snmp"',
    'requires = "snmp_credential"',
    `interval_seconds = ${INTERVAL_SECONDS}`,
    `options = { ${OPTIONS} }`,
  ];
  for (const { title, rows, name, label, columns } of tables) {
    lines.push(
      '',
      `# ${title}: ${rows} ${rows === 1 ? 'row' : 'rows'}`,
      '[[inputs.table]]',
      `name = "raw_${prefix}_${name}"`,
      'index_as_tag = true',
      'field = [',
      ...(label === undefined ? [] : [`  ${columnText(label, true)}`]),
      ...columns.map((one) => `  ${columnText(one)}`),
      ']',
    );
  }
  return lines.join('\n');
}

function columnText({ name, oid, kind, why }: PlannedColumn, isTag = false): string {
  const tag = isTag ? ', is_tag = true' : '';
  return `{ name = "${name}", oid = "${oid}"${tag} }, # ${kind}: ${commented(why)}`;
}

function ruleText(prefix: string, { name, label, columns }: PlannedTable): string {
  return [
    '[[metrics]]',
    `from = "raw_${prefix}_${name}"`,
    `measurement = "${prefix}_${name}"`,
    'keep_tags = ["index"]',
    `tags = { row = ${label === undefined ? '"index"' : `["${label.name}", "index"]`} }`,
    '[metrics.fields]',
    ...columns.map((column) => `${column.name} = "${column.name}"`),
  ].join('\n');
}

/** Writes a panel of what goes up and down, and one of what only rises. */
function panelTexts(
  measurement: string,
  title: string,
  columns: readonly PlannedColumn[],
  legend: string,
): string[] {
  const levels = columns.filter(({ kind }) => kind === 'gauge').slice(0, CURVES);
  const counters = columns.filter(({ kind }) => kind === 'counter').slice(0, CURVES);
  const panel = (id: string, unit: string, queries: readonly string[]): string =>
    [
      '[[panels]]',
      `id = "${id}"`,
      `title = ${quoted(title.slice(0, 80))}`,
      'group = "system"',
      `unit = "${unit}"`,
      'queries = [',
      ...queries.map((query) => `  ${query},`),
      ']',
    ].join('\n');
  const query = (expr: string, name: string): string =>
    `{ expr = "${expr}", legend = ${quoted(`${legend} ${name}`.trim())} }`;
  return [
    ...(levels.length === 0
      ? []
      : [
          panel(
            measurement,
            'none',
            levels.map(({ name }) => query(`${measurement}_${name}{$node}`, name)),
          ),
        ]),
    ...(counters.length === 0
      ? []
      : [
          panel(
            `${measurement}_rates`.slice(0, 64),
            'per_second',
            counters.map(({ name }) => query(`rate(${measurement}_${name}{$node}[$window])`, name)),
          ),
        ]),
  ];
}

/** Writes a text as a basic string of TOML, which takes the escapes of JSON. */
function quoted(text: string): string {
  return JSON.stringify(text).replaceAll('\u007f', '\\u007f');
}

/** Returns a text that may stand in a comment: TOML has no place for control characters there. */
function commented(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, ' ');
}
