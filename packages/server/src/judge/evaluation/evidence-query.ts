import type { QueryClient } from '@stratora/victoriametrics';

/** Range in which a round looks for the newest sample; older ones were found by an earlier round. */
const WINDOW = '2m';

/**
 * The query for the time at which each node last answered, by the time of the sample. It reads one series per node and
 * input, and only samples that prove an answer: a ping that got one, an uptime read by SNMP or by an agent, an HTTP
 * status.
 */
const EVIDENCE = `max by (node_id) (
  (tlast_over_time(ping_packets_received[${WINDOW}]) and (last_over_time(ping_packets_received[${WINDOW}]) > 0))
  or tlast_over_time(snmp_uptime[${WINDOW}])
  or tlast_over_time(system_uptime[${WINDOW}])
  or (tlast_over_time(http_response_http_response_code[${WINDOW}])
    and (last_over_time(http_response_http_response_code[${WINDOW}]) > 0))
)`;

/** Milliseconds after which a store that stands still counts as one that does not answer. */
const TIMEOUT_MS = 5000;

/** Reads the epoch milliseconds of the newest proof by node id; undefined when the store did not answer. */
export async function readEvidence(
  query: QueryClient,
  nowMs: number,
  signal: AbortSignal,
): Promise<Map<string, number> | undefined> {
  const answer = await query.query(EVIDENCE, nowMs, { signal, timeoutMs: TIMEOUT_MS, isWhole: true });
  if (!answer.ok) return undefined;
  const evidence = new Map<string, number>();
  for (const { metric, value } of answer.value) {
    const id = metric['node_id'];
    if (id !== undefined && Number.isFinite(value)) evidence.set(id, value * 1000);
  }
  return evidence;
}
