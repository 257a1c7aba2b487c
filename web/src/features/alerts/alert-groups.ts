import type { Alert } from '@stratora/contract';

/** One line of the list: an alert, and what is folded under it. */
export interface AlertLine {
  readonly alert: Alert;
  /** How many alerts are held behind it. */
  readonly behind: number;
  /** Whether it stands under the one that it is held by. */
  readonly isBehind: boolean;
  /** Whether those behind it are shown. */
  readonly isOpen: boolean;
}

/**
 * Finds the alert under which another stands: the last cause that its holds lead to, among those in the list. An alert of
 * a node behind a switch may be held by its node's being unreachable, which is held by the switch.
 */
function rootOf(alert: Alert, byId: ReadonlyMap<string, Alert>): Alert {
  const seen = new Set([alert.id]);
  let at = alert;
  for (;;) {
    const causeId = at.held?.alert_id ?? null;
    const cause = causeId === null ? undefined : byId.get(causeId);
    // Two that hold each other have no root: the list must show both.
    if (cause === undefined || seen.has(cause.id)) return cause === undefined ? at : alert;
    seen.add(cause.id);
    at = cause;
  }
}

export type AlertOrder = (a: Alert, b: Alert) => number;

/**
 * Groups alerts by their causes: each cause is a line, and those held by it come after it where it is open. What is held by
 * an alert that is not among them (by a filter, or because it is over) is a line of its own.
 */
export function groupByCause(
  alerts: readonly Alert[],
  order: AlertOrder,
  open: ReadonlySet<string>,
): readonly AlertLine[] {
  const byId = new Map(alerts.map((alert) => [alert.id, alert]));
  const roots: Alert[] = [];
  const behind = new Map<string, Alert[]>();
  for (const alert of alerts) {
    const root = rootOf(alert, byId);
    if (root.id === alert.id) roots.push(alert);
    else {
      const others = behind.get(root.id);
      if (others === undefined) behind.set(root.id, [alert]);
      else others.push(alert);
    }
  }
  return roots.toSorted(order).flatMap((alert) => {
    const others = behind.get(alert.id) ?? [];
    const isOpen = others.length > 0 && open.has(alert.id);
    const line = { alert, behind: others.length, isBehind: false, isOpen };
    return isOpen ? [line, ...others.toSorted(order).map(lineBehind)] : [line];
  });
}

function lineBehind(alert: Alert): AlertLine {
  return { alert, behind: 0, isBehind: true, isOpen: false };
}

/** Each alert as a line of its own. */
export function ungrouped(alerts: readonly Alert[], order: AlertOrder): readonly AlertLine[] {
  return alerts.toSorted(order).map((alert) => ({ alert, behind: 0, isBehind: false, isOpen: false }));
}
