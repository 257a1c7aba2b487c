/**
 * The pace of SNMP for a fragile device: controllers of plants that stop controlling when they are asked as fast as a switch.
 * A template has one for all devices of its kind, a node one of its own, of which each key goes before the template's. A
 * device never has two requests in flight, with or without a pace.
 */
import { z } from 'zod';

/** Interval of inputs that name none, seconds. */
const COMMON_INTERVAL_SECONDS = 10;

export const snmpPaceSchema = z.strictObject({
  /** Most requests per second, repeats included. */
  requests_per_second: z.number().min(0.1).max(1000).optional(),
  /** False for GETNEXT in place of GETBULK. */
  getbulk: z.boolean().optional(),
  /** Most rows that one GETBULK asks for. */
  max_repetitions: z.int().min(1).max(255).optional(),
  /** Most requests of one interval, repeats included; what is not asked by then is left out and said. */
  requests_per_cycle: z.int().min(1).max(1_000_000).optional(),
  /** Least interval of whatever is polled by SNMP. */
  interval_seconds: z.int().min(1).max(86_400).optional(),
});
export type SnmpPace = z.infer<typeof snmpPaceSchema>;

/** Returns the options of an SNMP input that a pace sets. */
export function paceOptions({ interval_seconds: _, ...pace }: SnmpPace): Record<string, number | boolean> {
  return Object.fromEntries(Object.entries(pace).filter(([, value]) => value !== undefined)) as Record<
    string,
    number | boolean
  >;
}

/** Returns the interval of an SNMP input at a pace, seconds; undefined for the common one. */
export function pacedInterval(
  ownSeconds: number | undefined,
  { interval_seconds: least }: SnmpPace,
): number | undefined {
  if (least === undefined || least <= (ownSeconds ?? COMMON_INTERVAL_SECONDS)) return ownSeconds;
  return least;
}
