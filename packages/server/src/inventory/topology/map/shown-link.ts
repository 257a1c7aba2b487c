import type { LinkApproval, TopologyLink, TopologyLinkEnd } from '@stratora/contract';
import type { DerivedLink, LinkEnd, LinkMember } from '@stratora/topology';
import { interfaceName } from '../derivation/device-words.ts';

export interface ShownLinkRow {
  readonly id: string;
  /** Id of the same link as people drew it, by which they know it. */
  readonly drawn_id: string | null;
  readonly body: DerivedLink;
  readonly a_name: string;
  readonly a_address: string | null;
  readonly b_name: string;
  readonly b_address: string | null;
  readonly approval: LinkApproval | null;
}

/** The link as the map shows it. */
export function shownLink({ id, drawn_id: drawnId, body, approval, ...names }: ShownLinkRow): TopologyLink {
  const { seenFrom, silence } = body;
  const from = seenFrom === 'a' || seenFrom === 'b' ? seenFrom : null;
  return {
    id: drawnId ?? id,
    a: shownEnd(body.a, names.a_name, names.a_address),
    b: shownEnd(body.b, names.b_name, names.b_address),
    sources: [...body.sources],
    confidence: Math.round(body.confidence * 100),
    two_sided: seenFrom === null ? null : seenFrom === 'both',
    seen_from: from,
    members: body.members.map(shownMember),
    is_split_aggregate: body.isSplitAggregate,
    witnesses: body.witnesses.map(({ end, source, table, words, atMs }) => ({
      end,
      source,
      table,
      detail: words,
      seen_at: timeOf(atMs),
    })),
    reasons: [
      ...(from === null ? [] : [`Seen from ${from === 'a' ? names.a_name : names.b_name} only.`]),
      ...(silence === null ? [] : [`${silence}.`]),
      ...(body.state === 'stale' ? ['Nobody sees it any more, though its ports are up.'] : []),
    ],
    speed_bps: body.speedBps,
    state: body.state,
    approval,
    first_seen_at: timeOf(body.firstSeenMs),
    last_seen_at: timeOf(body.lastSeenMs),
  };
}

function shownEnd(
  { device, interface: port }: LinkEnd,
  name: string,
  address: string | null,
): TopologyLinkEnd {
  const isNode = device.kind === 'node';
  return {
    node_id: isNode ? device.id : null,
    device_id: isNode ? null : device.id,
    interface: interfaceName(port),
    name,
    address,
  };
}

function shownMember({ a, b, speedBps, state }: LinkMember) {
  return { a_interface: interfaceName(a), b_interface: interfaceName(b), speed_bps: speedBps, state };
}

function timeOf(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
