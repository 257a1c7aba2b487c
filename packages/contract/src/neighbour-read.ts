/** Readings of neighbours: a collector asks devices for their tables and posts a report of each. */
import { z } from 'zod';
import { idSchema, timeSchema } from './field.ts';
import {
  NEIGHBOUR_TABLES,
  type NeighbourTable,
  neighbourReportSchema,
  type TableRead,
  tableReadSchema,
} from './neighbour-report.ts';
import type { SnmpPace } from './snmp-pace.ts';

/** A device that a collector is to ask. Holds the secret. */
export interface NeighbourTarget {
  node_id: string;
  /** Address of the node. */
  host: string;
  snmp_port: number;
  type: 'snmp_v1' | 'snmp_v2c' | 'snmp_v3';
  secret: Record<string, unknown>;
  /** How gently it is asked; null for one that bears it. */
  pace: SnmpPace | null;
}

/** What a collector is told. */
export interface NeighbourOrder {
  nodes: NeighbourTarget[];
  /** Devices that are asked at a time. */
  at_once: number;
  /** Seconds that one device may take. */
  node_seconds: number;
  /** Most VLANs of a device that are read one by one, by Cisco's way; 0 for none. */
  max_vlans: number;
}

/** A part of the result of the job: the report of one device. */
export const neighbourPartSchema = z.object({ report: neighbourReportSchema });

/** The last of the result: how many devices were read. */
export const neighbourEndSchema = z.object({ reports: z.int().min(0) });

export const NEIGHBOUR_READ_STATES = ['waiting', 'running', 'done'] as const;
/** What came of a reading: `read`, or why nothing was. */
export const NEIGHBOUR_READ_OUTCOMES = [
  'read',
  'failed',
  'no_collector',
  'collector_offline',
  'collector_silent',
  'collector_outdated',
  'changed',
] as const;
export type NeighbourReadOutcome = (typeof NEIGHBOUR_READ_OUTCOMES)[number];

/** A reading of one node that somebody asked for: `GET /neighbour-reads/{id}`. */
export const neighbourReadSchema = z.object({
  id: idSchema,
  /** `waiting` to be fetched by the collector, `running` there, `done`. */
  state: z.enum(NEIGHBOUR_READ_STATES),
  node_id: idSchema,
  node_name: z.string(),
  collector_id: idSchema.nullable(),
  collector_name: z.string().nullable(),
  /** Null until it is done. */
  outcome: z.enum(NEIGHBOUR_READ_OUTCOMES).nullable(),
  /** What came of it, or what it waits for, in a sentence. */
  message: z.string(),
  /** What came of each table; null until there is a report. */
  tables: z
    .object(
      Object.fromEntries(NEIGHBOUR_TABLES.map((name) => [name, tableReadSchema])) as Record<
        NeighbourTable,
        typeof tableReadSchema
      >,
    )
    .nullable(),
  created_at: timeSchema,
  ended_at: timeSchema.nullable(),
});
export type NeighbourRead = z.infer<typeof neighbourReadSchema>;
export type NeighbourTableReads = Record<NeighbourTable, TableRead>;
