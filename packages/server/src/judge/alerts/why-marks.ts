import type { AlertEventName, AlertSeverity, HeldReason, WhyAlert } from '@stratora/contract';

/** An event of a timeline, up to the moment that is asked for. */
export interface PastEvent {
  readonly event: AlertEventName;
  readonly actor: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** The marks that an alert had at a moment. */
export interface PastMarks extends Pick<WhyAlert, 'acknowledged_by' | 'muted_by' | 'held'> {
  readonly severity: AlertSeverity;
}

/** Works out from the events until a moment which marks an alert had then. */
export function marksAt(events: readonly PastEvent[], at: Date, severity: AlertSeverity): PastMarks {
  let held: WhyAlert['held'] = null;
  let isFlapping = false;
  let mutedUntil: unknown;
  const marks = { severity, acknowledged_by: null as string | null, muted_by: null as string | null };
  for (const { event, actor, detail } of events) {
    if (event === 'triggered') marks.severity = detail['severity'] as AlertSeverity;
    if (event === 'severity_changed') marks.severity = detail['to'] as AlertSeverity;
    if (event === 'acknowledged') marks.acknowledged_by = actor ?? '';
    if (event === 'unacknowledged') marks.acknowledged_by = null;
    if (event === 'muted') {
      marks.muted_by = actor ?? '';
      mutedUntil = detail['until'];
    }
    if (event === 'unmuted') marks.muted_by = null;
    if (event === 'held') held = heldBy(detail);
    if (event === 'released') held = null;
    if (event === 'flapping') isFlapping = true;
    if (event === 'calm') isFlapping = false;
  }
  // The server notes the end of a mute some seconds later.
  if (typeof mutedUntil === 'string' && new Date(mutedUntil) <= at) marks.muted_by = null;
  const flapping = isFlapping
    ? ({ by: 'flapping', alert_id: null, node_id: null, window_id: null } as const)
    : null;
  return { ...marks, held: held ?? flapping };
}

function heldBy(detail: PastEvent['detail']): WhyAlert['held'] {
  const idOf = (name: string) => (typeof detail[name] === 'string' ? detail[name] : null);
  return {
    by: detail['by'] as HeldReason,
    alert_id: idOf('alert_id'),
    node_id: idOf('node_id'),
    window_id: idOf('window_id'),
  };
}
