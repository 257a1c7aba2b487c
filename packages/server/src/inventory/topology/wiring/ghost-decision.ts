import type { TopologyEvent } from '@stratora/contract';
import type { DerivedLink, LinkEnd } from '@stratora/topology';
import type { EventDraft } from '../derivation/topology-events.ts';
import type { ApprovedLinkRow, Ghost } from './approval-queries.ts';
import { type ApprovedEnd, approvedEndWords } from './approved-end.ts';

/** What became of an approved link that is to be written: its ghost, null where it is back, and the event that tells of it. */
export interface GhostChange {
  readonly id: string;
  readonly ghost: Ghost | null;
  readonly event: EventDraft | undefined;
}

export interface GhostFacts {
  readonly approved: readonly ApprovedLinkRow[];
  /** Links at the devices of those approved ones that are not there. */
  readonly nearby: readonly DerivedLink[];
  /** Why links went, by id, in sentences without a full stop. */
  readonly reasons: ReadonlyMap<string, string>;
  readonly at: string;
}

/**
 * Decides which approved links are not there any more, and which are back. One is moved where a port of it, or a device that has no
 * port of a name, has another link now.
 */
export function decideGhosts({ approved, nearby, reasons, at }: GhostFacts): GhostChange[] {
  return approved.flatMap((link): GhostChange[] => {
    const name = `${approvedEndWords(link.a)} - ${approvedEndWords(link.b)}`;
    const told = (kind: TopologyEvent['kind'], detail: string, linkId: string | null): EventDraft => ({
      at,
      kind,
      site_id: link.site_id,
      link_id: linkId,
      detail,
      node_ids: [link.a, link.b].flatMap(({ device }) => (device.kind === 'node' ? [device.id] : [])),
    });
    if (link.is_there) {
      if (link.ghost === null) return [];
      return [
        { id: link.id, ghost: null, event: told('approved_back', `${name} is back as approved.`, link.id) },
      ];
    }
    const other = nearby.find((candidate) => candidate.state !== 'stale' && takesEnd(candidate, link));
    if (link.ghost !== null) {
      const movedTo = other?.id ?? null;
      if (movedTo === link.ghost.moved_to) return [];
      const kind = movedTo === null ? link.ghost.kind : 'moved';
      return [{ id: link.id, ghost: { ...link.ghost, kind, moved_to: movedTo }, event: undefined }];
    }
    const why = reasons.get(link.id);
    const detail = why === undefined ? `${name} is not there any more.` : `${name}: ${why}.`;
    const kind = other ? 'moved' : 'missing';
    return [
      {
        id: link.id,
        ghost: { kind, since: at, detail, moved_to: other?.id ?? null },
        event: told(`approved_${kind}`, `Not as approved: ${detail}`, other?.id ?? null),
      },
    ];
  });
}

function takesEnd({ a, b }: DerivedLink, approved: Pick<ApprovedLinkRow, 'a' | 'b'>): boolean {
  return [a, b].some((end) => isSame(end, approved.a) || isSame(end, approved.b));
}

function isSame({ device, interface: port }: LinkEnd, approved: ApprovedEnd): boolean {
  if (device.kind !== approved.device.kind || device.id !== approved.device.id) return false;
  // Of a device that is no node the port is often unknown; one cable of it is as good as another.
  return approved.port === null ? device.kind !== 'node' : port?.key === approved.port;
}
