/** How gently a network is scanned, and what is asked of it. */
import { z } from 'zod';
import { parseDiscoveryTarget, parseWholeRange } from './discovery-target.ts';
import { isTimeZone } from './field.ts';

/** Most targets, exclusions and networks of a fence that a job has. */
export const DISCOVERY_TARGETS_MAX = 1000;
/** Most TCP ports that a job knocks at. */
export const DISCOVERY_PORTS_MAX = 100;
/** Packets per second, in all and to one host, where nothing is said: of a usual scan and of one that is OT-safe. */
export const DISCOVERY_PACE = {
  usual: { packets_per_second: 500, host_packets_per_second: 20 },
  ot_safe: { packets_per_second: 20, host_packets_per_second: 2 },
} as const;
export const DISCOVERY_PACKETS_MAX = 100_000;

function rangeText(parse: (text: string) => { fault?: string | undefined }) {
  return z
    .string()
    .trim()
    .max(100)
    .superRefine((text, context) => {
      const { fault } = parse(text);
      if (fault !== undefined) context.addIssue({ code: 'custom', message: fault });
    });
}
/** `10.0.0.0/24`, `10.0.0.7` or `10.0.0.1-10.0.0.50`. */
export const discoveryTargetSchema = rangeText(parseDiscoveryTarget);
/** The same, a network with all of its addresses. */
export const wholeRangeSchema = rangeText(parseWholeRange);

/** The name of a time zone of the IANA database. */
export const zoneNameSchema = z
  .string()
  .trim()
  .max(64)
  .refine(isTimeZone, 'must be the name of a time zone, such as Europe/Berlin');
const clockSchema = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 22:00');
export const DISCOVERY_DAYS = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'] as const;

/** The hours in which packets may be sent. Where `to` is not after `from` they end on the next day; `days` are those of the begin. */
export const discoveryHoursSchema = z.strictObject({
  timezone: zoneNameSchema,
  days: z
    .array(z.enum(DISCOVERY_DAYS))
    .min(1)
    .max(7)
    .default([...DISCOVERY_DAYS]),
  from: clockSchema,
  to: clockSchema,
});
export type DiscoveryHours = z.infer<typeof discoveryHoursSchema>;

const packets = z.number().min(0.1).max(DISCOVERY_PACKETS_MAX);
/** How a network is scanned. What is null is decided by `ot_safe`; see `effectiveOptions`. */
export const discoveryOptionsSchema = z.strictObject({
  ping: z.boolean().default(true),
  /** Null: unless the scan is OT-safe. */
  tcp: z.boolean().nullable().default(null),
  /** Ports to knock at; null for those that tell most. */
  tcp_ports: z.array(z.int().min(1).max(65_535)).min(1).max(DISCOVERY_PORTS_MAX).nullable().default(null),
  snmp: z.boolean().default(true),
  snmp_port: z.int().min(1).max(65_535).default(161),
  /** Banner and certificate of the web server. Null: unless the scan is OT-safe. */
  http: z.boolean().nullable().default(null),
  dns: z.boolean().default(true),
  /** Most packets per second in all, and to one host. */
  packets_per_second: packets.nullable().default(null),
  host_packets_per_second: packets.nullable().default(null),
  /** For networks with controllers of machines: no TCP ports, few packets. */
  ot_safe: z.boolean().default(false),
  /** Addresses to which nothing is ever sent, also where a neighbour names them. */
  exclude: z.array(wholeRangeSchema).max(DISCOVERY_TARGETS_MAX).default([]),
  /** Hours in which the scan may send; outside of them it rests. Null: always. */
  hours: discoveryHoursSchema.nullable().default(null),
});
export type DiscoveryOptions = z.infer<typeof discoveryOptionsSchema>;

/** Options with everything decided. */
export interface EffectiveOptions extends DiscoveryOptions {
  tcp: boolean;
  http: boolean;
  packets_per_second: number;
  host_packets_per_second: number;
}

/** Decides what the options leave open. */
export function effectiveOptions(options: DiscoveryOptions): EffectiveOptions {
  const pace = options.ot_safe ? DISCOVERY_PACE.ot_safe : DISCOVERY_PACE.usual;
  return {
    ...options,
    tcp: !options.ot_safe && options.tcp !== false,
    http: !options.ot_safe && options.http !== false,
    packets_per_second: options.packets_per_second ?? pace.packets_per_second,
    host_packets_per_second: options.host_packets_per_second ?? pace.host_packets_per_second,
  };
}
