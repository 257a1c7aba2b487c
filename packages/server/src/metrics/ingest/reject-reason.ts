import { LINE_REASONS, type LineReason } from '@stratora/lineprotocol';

/** The reasons for which a well-formed line is dropped. */
export const BINDING_REASONS = [
  'node_missing',
  'node_foreign',
  'time_future',
  'time_past',
  'refused_by_store',
] as const;

export type RejectReason = LineReason | (typeof BINDING_REASONS)[number];

/** The closed set of reasons, in the order of their codes: a code is one plus the index, 0 is a good line. */
export const REJECT_REASONS: readonly RejectReason[] = [...LINE_REASONS, ...BINDING_REASONS];

export const REJECT = {
  tooManyTags: LINE_REASONS.indexOf('too_many_tags') + 1,
  nodeMissing: LINE_REASONS.length + 1,
  nodeForeign: LINE_REASONS.length + 2,
  timeFuture: LINE_REASONS.length + 3,
  timePast: LINE_REASONS.length + 4,
  refusedByStore: LINE_REASONS.length + 5,
} as const;

/** A dropped line, by its number (from 1, empty lines and comments not counted) or its beginning, and its code. */
export interface NamedLine {
  line: number | string;
  code: number;
}

/** What was dropped of a body. */
export interface RejectedLines {
  rejected: number;
  /** Number of dropped lines by code of their reason. */
  rejectedByCode: Int32Array;
  /** The first dropped lines. */
  named: NamedLine[];
}

/** Makes the record of dropped lines of which none was found yet. */
export function noRejectedLines(): RejectedLines {
  return { rejected: 0, rejectedByCode: new Int32Array(REJECT_REASONS.length + 1), named: [] };
}

/** Names a dropped line to people. */
export function nameOf({ line }: NamedLine): string {
  return typeof line === 'number' ? `line ${line}` : line;
}
