import type { DeliveryLedger, LedgerState, SequenceRange } from './delivery-ledger.ts';
import type { Gap } from './gap-ledger.ts';
import type { Segment } from './segment.ts';

export interface SpoolState {
  /** Bytes on disk and not yet delivered; an estimate inside a segment. */
  pendingBytes: number;
  /** Arrival of the oldest undelivered record, epoch ms; an estimate inside a segment. */
  oldestAt: number | undefined;
  /** Lines dropped at the bound, since the spool exists. */
  droppedLines: number;
  gaps: readonly Gap[];
  /** Records found damaged since the start. */
  damagedRecords: number;
  /** Lines longer than a record may be, since the start. */
  tooLongLines: number;
  /** Bytes on disk, with those that are kept only for a store that lost its last seconds. */
  storedBytes: number;
  limitBytes: number;
}

/** Computes the share of a segment that waits, and the place of the first waiting record in it; both 0..1. */
function pendingShare(segment: Segment, waiting: readonly SequenceRange[]): { ratio: number; start: number } {
  const total = segment.endSequence - segment.firstSequence;
  let pending = 0;
  let first: number | undefined;
  for (const range of waiting) {
    const from = Math.max(range.from, segment.firstSequence);
    const to = Math.min(range.to, segment.endSequence);
    if (from >= to) continue;
    pending += to - from;
    first ??= from;
  }
  if (first === undefined || total === 0) return { ratio: 0, start: 0 };
  return { ratio: pending / total, start: (first - segment.firstSequence) / total };
}

export function measurePending(
  segments: readonly Segment[],
  ledger: DeliveryLedger,
): Pick<SpoolState, 'pendingBytes' | 'oldestAt'> {
  const { backlog, live } = ledger.state;
  const waiting = [...backlog, { from: live, to: Number.MAX_SAFE_INTEGER }];
  let pendingBytes = 0;
  let oldestAt: number | undefined;
  for (const segment of segments) {
    const { ratio, start } = pendingShare(segment, waiting);
    if (ratio === 0) continue;
    pendingBytes += Math.ceil(segment.bytes * ratio);
    oldestAt ??= Math.round(segment.oldestAt + (segment.newestAt - segment.oldestAt) * start);
  }
  return { pendingBytes, oldestAt };
}

function isRange(value: unknown): value is SequenceRange {
  const range = value as Partial<SequenceRange> | null;
  return Number.isSafeInteger(range?.from) && Number.isSafeInteger(range?.to);
}

export function isLedgerState(value: unknown): value is LedgerState {
  const state = value as Partial<LedgerState> | null | undefined;
  return (
    Number.isSafeInteger(state?.live) &&
    typeof state?.epoch === 'string' &&
    Array.isArray(state.backlog) &&
    state.backlog.every(isRange) &&
    Array.isArray(state.acknowledged) &&
    state.acknowledged.every((range) => isRange(range) && typeof range.at === 'number')
  );
}
