import { LINE_REASONS, type LineReason } from '@stratora/lineprotocol';

/** Why a well-formed line is dropped all the same. */
export const BINDING_REASONS = ['node_missing', 'node_foreign', 'time_future', 'time_past'] as const;

export type RejectReason = LineReason | (typeof BINDING_REASONS)[number];

/** Closed set, in the order of the codes: a code is one plus its index, 0 is a good line. */
export const REJECT_REASONS: readonly RejectReason[] = [...LINE_REASONS, ...BINDING_REASONS];

export const REJECT = {
  tooManyTags: LINE_REASONS.indexOf('too_many_tags') + 1,
  nodeMissing: LINE_REASONS.length + 1,
  nodeForeign: LINE_REASONS.length + 2,
  timeFuture: LINE_REASONS.length + 3,
  timePast: LINE_REASONS.length + 4,
} as const;
