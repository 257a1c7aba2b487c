import type { AlertScope } from '@stratora/contract';

/** A window whose occurrence is running, as it is then. */
export interface WindowInForce {
  readonly windowId: string;
  readonly name: string;
  readonly scope: AlertScope;
  readonly reason: string | null;
  /** Edges of the occurrence. */
  readonly startsAt: Date;
  readonly endsAt: Date;
}

/** An occurrence that is kept as being in force. */
export interface OpenPeriod {
  id: string;
  window_id: string;
  window_name: string;
  scope_type: string;
  scope_id: string | null;
  reason: string | null;
  starts_at: Date;
  ends_at: Date;
}

export interface PeriodChanges {
  readonly begun: readonly WindowInForce[];
  readonly ended: readonly OpenPeriod[];
  /** Periods that go on under another name, for another reason or until another time. */
  readonly changed: readonly { readonly id: string; readonly window: WindowInForce }[];
}
