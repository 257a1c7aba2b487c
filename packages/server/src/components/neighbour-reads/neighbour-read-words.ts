import {
  COMPONENT_LOST_SECONDS,
  type NeighbourReadOutcome,
  type NeighbourTableReads,
} from '@stratora/contract';
import type { AskedNode } from './neighbour-read-queries.ts';

/** What came of a reading, as it is kept. */
export interface ReadVerdict {
  outcome: NeighbourReadOutcome;
  message: string;
  tables: NeighbourTableReads | null;
}

/** Makes a verdict of words alone. */
export function readVerdict(outcome: NeighbourReadOutcome, message: string): ReadVerdict {
  return { outcome, message, tables: null };
}

/** Says why no collector needs to be asked; undefined where one does. */
export function verdictAtOnce(node: AskedNode): ReadVerdict | undefined {
  const { nodeName, collectorName, approval } = node;
  if (node.isReported)
    return readVerdict(
      'no_collector',
      `${nodeName} is reported by its own agent: no collector asks it for its neighbours.`,
    );
  if (node.collectorId === null)
    return readVerdict('no_collector', `No collector polls ${nodeName}. Choose one, then read again.`);
  if (!node.hasCredential)
    return readVerdict(
      'failed',
      `${nodeName} has no credential of SNMP that is switched on. Attach one, then read again.`,
    );
  if (approval === 'pending')
    return readVerdict(
      'collector_offline',
      `The collector ${collectorName} waits for approval, so it is given no work.`,
    );
  if (approval !== 'approved')
    return readVerdict(
      'collector_offline',
      `The collector ${collectorName} was revoked, so it is given no work.`,
    );
  if (!node.isConnected)
    return readVerdict(
      'collector_offline',
      `The collector ${collectorName} is not connected: it was not heard for ${COMPONENT_LOST_SECONDS} s.`,
    );
  return undefined;
}

const TABLE_WORDS: Readonly<Record<keyof NeighbourTableReads, string>> = {
  interfaces: 'interfaces',
  addresses: 'its addresses',
  lldp_ports: 'LLDP ports',
  lldp_neighbours: 'LLDP neighbours',
  cdp_neighbours: 'CDP neighbours',
  bridge_ports: 'bridge ports',
  forwarding: 'the forwarding table',
  address_resolution: 'resolved addresses (ARP, ND)',
  aggregates: 'aggregates',
  stack_members: 'stack members',
};

/** Says what came of the tables of a device: which could not be read, and why. */
export function verdictOf(tables: NeighbourTableReads): ReadVerdict {
  const named = Object.entries(tables) as [keyof NeighbourTableReads, NeighbourTableReads['interfaces']][];
  const failed = named.filter(([, { state }]) => state === 'failed');
  const parts = named.filter(([, { state }]) => state === 'part');
  if (failed.length === named.length) {
    const [first] = failed;
    return { outcome: 'failed', message: first?.[1].reason ?? 'The device gave none of its tables.', tables };
  }
  const heard = tables.lldp_neighbours.rows + tables.cdp_neighbours.rows;
  const sentences = [
    heard === 0
      ? 'The device tells of no neighbours.'
      : `The device tells of ${heard} ${heard === 1 ? 'neighbour' : 'neighbours'}.`,
    ...[...failed, ...parts].map(([name, { state, reason }]) =>
      `Not ${state === 'part' ? 'wholly ' : ''}read: ${TABLE_WORDS[name]}. ${reason ?? ''}`.trim(),
    ),
  ];
  return { outcome: 'read', message: sentences.join(' '), tables };
}

/** Says what a reading that has not ended waits for, or why it never will. */
export function standingWords(
  standing: 'waiting' | 'running' | 'expired' | 'lost',
  collector: string,
  waitSeconds: number,
): string {
  switch (standing) {
    case 'waiting':
      return `Waiting for the collector ${collector} to fetch the reading: it asks every ten seconds.`;
    case 'running':
      return `The collector ${collector} is reading.`;
    case 'expired':
      return `The collector ${collector} did not fetch the reading within ${waitSeconds} s. It may have lost its connection, or its version is too old for readings.`;
    case 'lost':
      return `The collector ${collector} fetched the reading and never said what came of it.`;
  }
}
