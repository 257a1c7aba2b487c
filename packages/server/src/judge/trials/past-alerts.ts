import { type AlertSeverity, type BacktestAlert, measuredOrNull } from '@stratora/contract';
import type { AlertChange } from '../alerts/index.ts';
import { crosses, levelOf } from '../rules/index.ts';
import type { HeldBy, NodePast } from './node-past.ts';

/** An alert of a trial that goes on. */
interface OpenAlert {
  readonly nodeId: string;
  readonly instance: string;
  readonly startedMs: number;
  readonly fromMs: number;
  readonly heldBy: HeldBy | undefined;
  severity: AlertSeverity;
  highest: AlertSeverity;
  /** Times at which it got another severity. */
  readonly courses: { fromMs: number; severity: AlertSeverity }[];
  peak: number | undefined;
  isFlapping: boolean;
  notices: number;
}

/** An alert of a trial; `toMs` is undefined where it was active at the end. */
export interface PastAlert extends OpenAlert {
  readonly toMs: number | undefined;
}

/** Most alerts that are kept; the totals count all. */
const KEPT_MAX = 20_000;
/** Most changes of severity of one alert that are drawn. */
const COURSES_MAX = 1000;

export interface PastAlertsOptions {
  pasts: ReadonlyMap<string, NodePast>;
  comparison: '>' | '<';
  /** Whether alerts of it say themselves that their node is away. */
  isOutage: boolean;
}

/** The account of what the state machine did in a trial: alerts, and who would have been told how often. */
export class PastAlerts {
  readonly #options: PastAlertsOptions;
  readonly #open = new Map<string, OpenAlert>();
  readonly #owed = new Set<OpenAlert>();
  #closed: PastAlert[] = [];
  readonly noticesByNode = new Map<string, number>();
  total = 0;
  notices = 0;
  heldNotices = 0;

  constructor(options: PastAlertsOptions) {
    this.#options = options;
  }

  /** Takes what a step changed, in the order in which it happened. */
  note(changes: readonly AlertChange[], timeMs: number): void {
    const told = new Set<OpenAlert>();
    for (const change of changes) {
      const key = `${change.subject.nodeId} ${change.alertKey}`;
      if (change.kind === 'trigger') this.#begin(key, change, { timeMs, told });
      const alert = this.#open.get(key);
      if (alert === undefined) continue;
      if (change.kind === 'severity') this.#move(alert, change, { timeMs, told });
      if (change.kind === 'flapping') {
        if (!alert.isFlapping) told.add(alert);
        alert.isFlapping = true;
      }
      if (change.kind === 'calm') alert.isFlapping = false;
      if (change.kind === 'resolve') this.#end(key, alert, timeMs);
      else if ('value' in change) this.#notePeak(alert, change.value);
    }
    for (const alert of this.#owed) if (this.#heldBy(alert.nodeId) === undefined) told.add(alert);
    for (const alert of told) this.#tell(alert);
  }

  /** Returns all alerts, oldest first, those that go on among them. */
  list(): PastAlert[] {
    const open = [...this.#open.values()].map((alert) => ({ ...alert, toMs: undefined }));
    return [...this.#closed, ...open].toSorted((a, b) => a.fromMs - b.fromMs);
  }

  #begin(
    key: string,
    change: AlertChange & { kind: 'trigger' },
    { timeMs, told }: { timeMs: number; told: Set<OpenAlert> },
  ): void {
    const nodeId = change.subject.nodeId ?? '';
    const { severity, instance } = change;
    const alert: OpenAlert = {
      nodeId,
      instance,
      startedMs: change.startedAt.getTime(),
      fromMs: timeMs,
      heldBy: this.#heldBy(nodeId),
      severity,
      highest: severity,
      courses: [{ fromMs: timeMs, severity }],
      peak: undefined,
      isFlapping: false,
      notices: 0,
    };
    this.#open.set(key, alert);
    this.total += 1;
    told.add(alert);
  }

  #move(
    alert: OpenAlert,
    { severity }: { severity: AlertSeverity },
    { timeMs, told }: { timeMs: number; told: Set<OpenAlert> },
  ): void {
    if (levelOf(severity) > levelOf(alert.severity)) told.add(alert);
    if (levelOf(severity) > levelOf(alert.highest)) alert.highest = severity;
    alert.severity = severity;
    if (alert.courses.length < COURSES_MAX) alert.courses.push({ fromMs: timeMs, severity });
  }

  #end(key: string, alert: OpenAlert, toMs: number): void {
    this.#open.delete(key);
    this.#owed.delete(alert);
    this.#closed.push({ ...alert, toMs });
    if (this.#closed.length > KEPT_MAX) this.#closed = this.#closed.slice(KEPT_MAX / 2);
  }

  #notePeak(alert: OpenAlert, value: number | undefined): void {
    if (value === undefined) return;
    const { peak } = alert;
    if (peak === undefined || crosses(this.#options.comparison, value, peak)) alert.peak = value;
  }

  #tell(alert: OpenAlert): void {
    if (this.#heldBy(alert.nodeId) !== undefined) {
      this.heldNotices += 1;
      this.#owed.add(alert);
      return;
    }
    this.#owed.delete(alert);
    alert.notices += 1;
    this.notices += 1;
    this.noticesByNode.set(alert.nodeId, (this.noticesByNode.get(alert.nodeId) ?? 0) + 1);
  }

  #heldBy(nodeId: string): HeldBy | undefined {
    const heldBy = this.#options.pasts.get(nodeId)?.heldBy;
    return this.#options.isOutage && heldBy === 'unreachable' ? undefined : heldBy;
  }
}

/** Writes an alert as the contract has it. */
export function answerOf(alert: PastAlert, nodeName: string, endMs: number): BacktestAlert {
  const { fromMs, toMs } = alert;
  return {
    node_id: alert.nodeId,
    node_name: nodeName,
    instance: alert.instance,
    severity: alert.highest,
    started_at: new Date(alert.startedMs).toISOString(),
    from: new Date(fromMs).toISOString(),
    to: toMs === undefined ? null : new Date(toMs).toISOString(),
    duration_seconds: ((toMs ?? endMs) - fromMs) / 1000,
    peak: measuredOrNull(alert.peak),
    is_flapping: alert.isFlapping,
    notices: alert.notices,
    held_by: alert.heldBy ?? null,
  };
}
