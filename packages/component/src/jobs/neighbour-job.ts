import type { CommunitySecret, NeighbourOrder, NeighbourTarget, SnmpV3Secret } from '@stratora/contract';
import { errorMessage, type Logger } from '@stratora/runtime';
import { fittingReport } from './fitting-report.ts';
import type { TellPart } from './job-worker.ts';

/** Options of SNMP where the device does not ask for gentleness. */
const TIMES = { timeoutMs: 4000, retries: 2 } as const;
/** A VLAN that does not answer is none that the device shows. */
const VLAN_TIMES = { timeoutMs: 1500, retries: 0 } as const;
/** What one device may send for one report: 100,000 addresses, and as much for the rest. */
const VARBINDS_MAX = 1_000_000;
const BYTES_MAX = 64 * 1024 * 1024;
/** Share of a paced device's questions that readings take: its engine asks it at the same time. */
const PACE_SHARE = 0.5;

export interface NeighbourCall {
  readonly order: NeighbourOrder;
  readonly signal: AbortSignal;
  readonly tell: TellPart;
  readonly logger: Logger;
}

/**
 * Reads the neighbour tables of the devices of an order, a few at a time, and tells a report of each as soon as it is there. A report that
 * cannot be told waits, and so does the reading of further devices.
 */
export async function readNeighbours(call: NeighbourCall): Promise<{ reports: number }> {
  const { order, signal, tell, logger } = call;
  // What speaks to devices is loaded with the first order.
  const { createSnmpManager } = await import('@stratora/snmp');
  const manager = createSnmpManager({ sockets: 1 });
  const waiting = [...order.nodes];
  let reports = 0;
  let isOver = false;
  const work = async (): Promise<void> => {
    for (let node = waiting.shift(); node !== undefined && !isOver; node = waiting.shift()) {
      const report = await readNode(manager, node, call);
      const answer = await tell({ report: fittingReport(report) });
      if (answer === 'taken') reports += 1;
      if (answer === 'over') isOver = true;
      if (answer === 'refused') logger.warn({ node_id: node.node_id }, 'report of neighbours refused');
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.max(1, order.at_once) }, work));
  } catch (error) {
    // Time is up, or the collector stops: what was told counts, and the rest is read the next time.
    if (!signal.aborted) throw error;
    logger.info({ unread: waiting.length, reason: errorMessage(error) }, 'readings of neighbours broken off');
  } finally {
    await manager.close();
  }
  return { reports };
}

type Manager = ReturnType<typeof import('@stratora/snmp')['createSnmpManager']>;

async function readNode(manager: Manager, node: NeighbourTarget, { order, signal }: NeighbourCall) {
  const { readNeighbourReport, snmpSource } = await import('@stratora/neighbours');
  const { RequestBudget } = await import('@stratora/snmp');
  const sessions: { close(): void }[] = [];
  const open = (vlan?: number) => {
    const session = manager.session(targetOf(node, vlan));
    sessions.push(session);
    return session;
  };
  const budget = new RequestBudget({
    durationMs: order.node_seconds * 1000,
    maxVarbinds: VARBINDS_MAX,
    maxBytes: BYTES_MAX,
    maxRequests: node.pace?.requests_per_cycle,
  });
  try {
    const source = snmpSource({
      session: open(),
      budget,
      signal,
      maxRepetitions: node.pace?.max_repetitions,
      sessionOfVlan: order.max_vlans > 0 && node.type !== 'snmp_v1' ? open : undefined,
    });
    return await readNeighbourReport(source, { nodeId: node.node_id, maxVlans: order.max_vlans });
  } finally {
    for (const session of sessions) session.close();
  }
}

/** Makes the target of a device, or of one VLAN of it: `community@vlan`, or the context `vlan-10` (Cisco). */
function targetOf({ host, snmp_port: port, type, secret, pace }: NeighbourTarget, vlan?: number) {
  const times = vlan === undefined ? TIMES : VLAN_TIMES;
  const address = { host, port, ...times, ...(pace === null ? {} : { pace: gentle(pace) }) };
  if (type !== 'snmp_v3') {
    const { community } = secret as unknown as CommunitySecret;
    const version: 1 | 2 = type === 'snmp_v1' ? 1 : 2;
    return { ...address, version, community: vlan === undefined ? community : `${community}@${vlan}` };
  }
  const user = secret as unknown as SnmpV3Secret;
  return {
    ...address,
    version: 3 as const,
    user: {
      secName: user.username,
      secLevel: user.security_level,
      authProtocol: user.auth_protocol,
      authPassword: user.auth_password,
      privProtocol: user.priv_protocol,
      privPassword: user.priv_password,
      contextName: vlan === undefined ? user.context_name : `vlan-${vlan}`,
    },
  };
}

function gentle({ requests_per_second: perSecond, getbulk }: NonNullable<NeighbourTarget['pace']>) {
  return {
    requestsPerSecond: perSecond === undefined ? undefined : perSecond * PACE_SHARE,
    getBulk: getbulk,
  };
}
