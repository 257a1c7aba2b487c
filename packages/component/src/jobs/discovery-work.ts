import type { DiscoveryOrder, DiscoveryPartInput } from '@stratora/contract';
import { OutboundGuard } from '@stratora/runtime';
import type { TellPart } from './job-worker.ts';

export interface DiscoveryCall {
  readonly order: DiscoveryOrder;
  /** Networks in CIDR notation that may be connected to although they are refused by default. */
  readonly outboundAllow: readonly string[];
  readonly signal: AbortSignal;
  readonly tell: TellPart;
}

const TOO_LONG = 'The scan took longer than a job may take; it can go on where it was.';
const REFUSED = 'The server refused a part of what was found.';

/**
 * Scans a network for the server, and tells what is found in parts. The scan goes on while the server does not answer, and its parts
 * wait for it.
 *
 * @returns the last part
 */
export async function scanNetwork(call: DiscoveryCall): Promise<Record<string, unknown>> {
  // What speaks to devices is loaded with the first order.
  const { runScan } = await import('@stratora/discovery');
  const { order, outboundAllow, signal, tell } = call;
  const guard = new OutboundGuard({
    allow: outboundAllow,
    refusal: (address) => `connections to ${address} are refused by default (STRATORA_OUTBOUND_ALLOW).`,
  });
  let last: DiscoveryPartInput | undefined;
  for await (const part of runScan(order, { guard, signal })) {
    last = part;
    if ((part.end ?? null) !== null) break;
    const answer = await tell({ ...part });
    if (answer === 'over') return ended(part, 'cancelled', null);
    if (answer === 'refused') return ended(part, 'failed', REFUSED);
  }
  if (last === undefined) throw new Error('a scan without parts');
  // Only the time of the job, or the end of this process, cancels a scan from here.
  return last.end?.how === 'cancelled' ? { ...last, end: { how: 'failed', message: TOO_LONG } } : { ...last };
}

/** The end of a scan that stops after a part: nothing of that part is told again. */
function ended(
  { part, progress, cursor }: DiscoveryPartInput,
  how: 'cancelled' | 'failed',
  message: string | null,
): Record<string, unknown> {
  const last: DiscoveryPartInput = { part: part + 1, progress, cursor, end: { how, message } };
  return { ...last };
}
