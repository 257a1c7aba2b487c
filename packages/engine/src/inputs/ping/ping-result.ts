import { type Fields, integer } from '../../input.ts';

/** The result of pinging one host. */
export type PingResult =
  | {
      readonly kind: 'answered' | 'silent';
      readonly sent: number;
      /** Round trips of the packets that came back, in milliseconds, in the order sent. */
      readonly roundTripsMs: readonly number[];
      /** Time to live of the first answer, where the prober shows it. */
      readonly ttl?: number | undefined;
    }
  /** The host to which nothing could be sent: its name does not resolve, there is no route, the prober failed. */
  | { readonly kind: 'unsendable'; readonly reason: string };

export function pingResult(sent: number, roundTripsMs: readonly number[], ttl?: number): PingResult {
  return { kind: roundTripsMs.length > 0 ? 'answered' : 'silent', sent, roundTripsMs, ttl };
}

/**
 * Renders the fields of Telegraf's `ping` measurement. `result_code` as its exec method gives it on Linux: 0 answered,
 * 1 nothing came back, 2 nothing could be sent (and then no other field).
 */
export function pingFields(result: PingResult, percentiles: readonly number[]): Fields {
  if (result.kind === 'unsendable') return { result_code: 2n };
  const { sent, roundTripsMs } = result;
  const received = roundTripsMs.length;
  const fields: Record<string, Fields[string]> = {
    result_code: result.kind === 'answered' ? 0n : 1n,
    packets_transmitted: integer(sent),
    packets_received: integer(received),
    percent_packet_loss: ((sent - received) / sent) * 100,
  };
  if (received === 0) return fields;
  if (result.ttl !== undefined) fields['ttl'] = integer(result.ttl);
  const mean = sum(roundTripsMs) / received;
  const variance = sum(roundTripsMs.map((value) => (value - mean) ** 2)) / received;
  fields['minimum_response_ms'] = Math.min(...roundTripsMs);
  fields['average_response_ms'] = thousandths(mean);
  fields['maximum_response_ms'] = Math.max(...roundTripsMs);
  fields['standard_deviation_ms'] = thousandths(Math.sqrt(variance));
  const sorted = roundTripsMs.toSorted((a, b) => a - b);
  for (const percent of percentiles) fields[`percentile${percent}_ms`] = percentile(sorted, percent);
  return fields;
}

/** Computes a percentile by linear interpolation between the closest ranks (Hyndman and Fan 1996, definition 7). */
function percentile(sorted: readonly number[], percent: number): number {
  const rank = (percent / 100) * (sorted.length - 1);
  const lower = sorted[Math.floor(rank)] ?? Number.NaN;
  const upper = sorted[Math.ceil(rank)] ?? lower;
  return thousandths(lower + (rank - Math.floor(rank)) * (upper - lower));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function thousandths(value: number): number {
  return Math.round(value * 1000) / 1000;
}
