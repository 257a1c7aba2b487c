import { LINE_REASONS, type LineReason } from '@stratora/lineprotocol';

/** The reasons for which a well-formed line is dropped. */
export const BINDING_REASONS = ['node_missing', 'node_foreign', 'time_future', 'time_past'] as const;

export type RejectReason = LineReason | (typeof BINDING_REASONS)[number];

/** The closed set of reasons, in the order of their codes: a code is one plus the index, 0 is a good line. */
export const REJECT_REASONS: readonly RejectReason[] = [...LINE_REASONS, ...BINDING_REASONS];

export const REJECT = {
  tooManyTags: LINE_REASONS.indexOf('too_many_tags') + 1,
  nodeMissing: LINE_REASONS.length + 1,
  nodeForeign: LINE_REASONS.length + 2,
  timeFuture: LINE_REASONS.length + 3,
  timePast: LINE_REASONS.length + 4,
} as const;
