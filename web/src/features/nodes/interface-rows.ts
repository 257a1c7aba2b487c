import { queryInstant, type VectorSample } from '../../api/metrics.ts';

export interface InterfaceRow {
  /** What names it on its node for ever. */
  readonly key: string;
  readonly name: string;
  /** Matchers of its series, to stand behind that of its node. */
  readonly matcher: string;
  /** Its ifIndex, as long as the device does not renumber; undefined where it has none. */
  readonly index: number | undefined;
  /** IANAifType, as text; empty where nobody tells. */
  readonly type: string;
  /** What people wrote on it (ifAlias). */
  readonly alias: string;
  readonly up: boolean | undefined;
  readonly adminUp: boolean | undefined;
  /** Speed of the line; undefined where there is no line, or nobody knows. */
  readonly speedBits: number | undefined;
  readonly inBits: number | undefined;
  readonly outBits: number | undefined;
  readonly errors: number | undefined;
  readonly discards: number | undefined;
}

const RATE_WINDOW_SECONDS = 60;

type Field = Exclude<keyof InterfaceRow, 'key' | 'name' | 'matcher' | 'index' | 'type' | 'alias'>;
type Labels = VectorSample['metric'];
/** Joins series from before ifIndex and ifAlias left them with those that go on without. */
const JOINED = 'max without (ifIndex, ifAlias)';

/** Expressions by the field they fill, for devices (IF-MIB) and for hosts with an agent. */
export function interfaceExpressions(
  matcher: string,
  byAgent: boolean,
): Readonly<Partial<Record<Field, string>>> {
  const rate = (metric: string) => `rate(${metric}{${matcher}}[${RATE_WINDOW_SECONDS}s])`;
  if (byAgent) {
    return {
      inBits: `${rate('net_bytes_recv')} * 8`,
      outBits: `${rate('net_bytes_sent')} * 8`,
      errors: `${rate('net_err_in')} + ${rate('net_err_out')}`,
      discards: `${rate('net_drop_in')} + ${rate('net_drop_out')}`,
    };
  }
  return {
    inBits: `(${rate('interface_ifHCInOctets')} or ${rate('interface_ifInOctets')}) * 8`,
    outBits: `(${rate('interface_ifHCOutOctets')} or ${rate('interface_ifOutOctets')}) * 8`,
    errors: `${rate('interface_ifInErrors')} + ${rate('interface_ifOutErrors')}`,
    discards: `${rate('interface_ifInDiscards')} + ${rate('interface_ifOutDiscards')}`,
    up: `interface_ifOperStatus{${matcher}}`,
    adminUp: `interface_ifAdminStatus{${matcher}}`,
    speedBits: `interface_ifHighSpeed{${matcher}} * 1000000`,
  };
}

export async function fetchInterfaces(
  matcher: string,
  byAgent: boolean,
  signal: AbortSignal,
): Promise<readonly InterfaceRow[]> {
  const wanted = Object.entries(interfaceExpressions(matcher, byAgent));
  // The value is the time of the newest sample: of two texts of one interface the later one counts.
  const told = byAgent ? [] : queryInstant(`timestamp(interface_info{${matcher}})`, signal);
  const answers = await Promise.all(
    wanted.map(async ([field, expr]) => ({
      field: field as Field,
      samples: await queryInstant(expr, signal),
    })),
  );
  return joinInterfaces(answers, await told);
}

/** The expression of the traffic of one interface in a direction, for a chart. */
export function interfaceTraffic(
  row: InterfaceRow,
  direction: 'inBits' | 'outBits',
  byAgent: boolean,
): string {
  const expr = interfaceExpressions(`$node,${row.matcher}`, byAgent)[direction] ?? '';
  const windowed = expr.replaceAll(`[${RATE_WINDOW_SECONDS}s]`, '[$window]');
  return byAgent ? windowed : `${JOINED} (${windowed})`;
}

/** IANAifType: a loopback has no line, whatever speed the device tells of it. */
const IF_TYPE_LOOPBACK = '24';
/** Most percent that a burst within the window makes; beyond it the speed is not that of the line. */
const MAX_USED_PERCENT = 120;

/** IF-MIB: 1 is up, everything else is some kind of not up. */
const IF_UP = 1;

/**
 * One row per interface from the answers of its fields, joined by its name.
 *
 * @param told the series that tell ifIndex and ifAlias, with the times of their newest samples
 */
export function joinInterfaces(
  answers: readonly { readonly field: Field; readonly samples: readonly VectorSample[] }[],
  told: readonly VectorSample[] = [],
): readonly InterfaceRow[] {
  const rows = new Map<string, { -readonly [K in keyof InterfaceRow]: InterfaceRow[K] }>();
  for (const { field, samples } of answers) {
    for (const { metric, value } of samples) {
      const key = interfaceKey(metric);
      const number = Number(value[1]);
      if (key === undefined || key === 'all' || !Number.isFinite(number)) continue;
      const isSpeedless = metric['ifType'] === IF_TYPE_LOOPBACK && field === 'speedBits';
      let row = rows.get(key);
      if (row === undefined) {
        row = emptyRow(key, metric);
        rows.set(key, row);
      }
      row.alias ||= metric['ifAlias'] ?? '';
      if (field === 'up' || field === 'adminUp') row[field] = number === IF_UP;
      else if (!isSpeedless) row[field] = number;
    }
  }
  for (const { metric } of told.toSorted((a, b) => Number(a.value[1]) - Number(b.value[1]))) {
    const row = rows.get(interfaceKey(metric) ?? '');
    if (row === undefined) continue;
    row.alias = metric['ifAlias'] ?? '';
    row.index = indexOf(metric);
  }
  return [...rows.values()];
}

/** What names an interface among those of its node, and its label; the ifIndex names one of old series alone. */
function nameOf(metric: Labels): { readonly label: string; readonly text: string } | undefined {
  for (const label of ['interface', 'ifName', 'ifDescr', 'ifTwin', 'ifIndex']) {
    const text = metric[label] ?? '';
    if (text !== '') return { label, text };
  }
  return undefined;
}

/** Names an interface among those of its node; undefined for a series of none. */
export function interfaceKey(metric: Labels): string | undefined {
  const name = nameOf(metric);
  const twin = metric['ifTwin'] ?? '';
  return name === undefined || name.label === 'ifTwin' || twin === '' ? name?.text : `${name.text} ${twin}`;
}

function matcherOf(metric: Labels): string {
  const { label, text } = nameOf(metric) ?? { label: 'ifIndex', text: '' };
  const matchers = [[label, text]];
  if (label === 'ifDescr') matchers.push(['ifName', '']);
  if (label.startsWith('if') && label !== 'ifTwin') matchers.push(['ifTwin', metric['ifTwin'] ?? '']);
  return matchers.map(([name, value = '']) => `${name}=${quoted(value)}`).join(',');
}

/** A text as PromQL has it between quotes. */
function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', String.raw`\"`).replaceAll('\n', String.raw`\n`)}"`;
}

function indexOf(metric: Labels): number | undefined {
  const index = Number(metric['ifIndex'] ?? Number.NaN);
  return Number.isFinite(index) ? index : undefined;
}

function emptyRow(key: string, metric: Labels): InterfaceRow {
  return {
    key,
    name: key,
    matcher: matcherOf(metric),
    index: indexOf(metric),
    type: metric['ifType'] ?? '',
    alias: '',
    up: undefined,
    adminUp: undefined,
    speedBits: undefined,
    inBits: undefined,
    outBits: undefined,
    errors: undefined,
    discards: undefined,
  };
}

/** The busier direction as a share of the speed, in percent; undefined where that says nothing. */
export function utilization(row: InterfaceRow): number | undefined {
  if (row.speedBits === undefined || row.speedBits <= 0) return undefined;
  const busiest = Math.max(row.inBits ?? 0, row.outBits ?? 0);
  const percent = (busiest / row.speedBits) * 100;
  const isKnown = row.inBits !== undefined || row.outBits !== undefined;
  return isKnown && percent <= MAX_USED_PERCENT ? percent : undefined;
}
