import { queryInstant, type VectorSample } from '../../api/metrics.ts';

export interface InterfaceRow {
  readonly key: string;
  readonly name: string;
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

type Field = Exclude<keyof InterfaceRow, 'key' | 'name' | 'alias'>;

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
  const answers = await Promise.all(
    wanted.map(async ([field, expr]) => ({
      field: field as Field,
      samples: await queryInstant(expr, signal),
    })),
  );
  return joinInterfaces(answers);
}

/** IANAifType: a loopback has no line, whatever speed the device tells of it. */
const IF_TYPE_LOOPBACK = '24';
/** Most percent that a burst within the window makes; beyond it the speed is not that of the line. */
const MAX_USED_PERCENT = 120;

/** IF-MIB: 1 is up, everything else is some kind of not up. */
const IF_UP = 1;

/** One row per interface from the answers of its fields, joined by index or name. */
export function joinInterfaces(
  answers: readonly { readonly field: Field; readonly samples: readonly VectorSample[] }[],
): readonly InterfaceRow[] {
  const rows = new Map<string, { -readonly [K in keyof InterfaceRow]: InterfaceRow[K] }>();
  for (const { field, samples } of answers) {
    for (const { metric, value } of samples) {
      const key = metric['ifIndex'] ?? metric['interface'] ?? metric['ifName'] ?? metric['ifDescr'];
      const number = Number(value[1]);
      if (key === undefined || key === 'all' || !Number.isFinite(number)) continue;
      const isSpeedless = metric['ifType'] === IF_TYPE_LOOPBACK && field === 'speedBits';
      let row = rows.get(key);
      if (row === undefined) {
        row = emptyRow(key);
        rows.set(key, row);
      }
      row.name = metric['ifName'] || metric['ifDescr'] || metric['interface'] || row.name;
      row.alias = metric['ifAlias'] || row.alias;
      if (field === 'up' || field === 'adminUp') row[field] = number === IF_UP;
      else if (!isSpeedless) row[field] = number;
    }
  }
  return [...rows.values()];
}

function emptyRow(key: string): InterfaceRow {
  return {
    key,
    name: key,
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
