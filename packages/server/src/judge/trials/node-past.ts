import { MISSING_PREFIX, type NodeRow, type NodeView } from '../evaluation/index.ts';
import type { PastStatus } from './trial-queries.ts';

export type HeldBy = 'unreachable' | 'maintenance';

/** What was known of a node from a time on. */
interface Stretch {
  readonly fromMs: number;
  /** Why nothing could be known of it; undefined where it was heard. */
  readonly unknown: string | undefined;
  readonly isSettling: boolean;
  readonly heldBy: HeldBy | undefined;
}

const NO_SILENCE = { rawMs: 0, countedMs: 0 };

/** The past of a node as a trial sees it: when it could be judged, and when its alerts were held back. */
export class NodePast {
  readonly #stretches: Stretch[] = [];
  readonly #row: NodeRow;
  readonly #lookBackSeconds: number;
  #position = -1;
  #settlesUntil: number | undefined;
  #view: NodeView;

  /**
   * @param changes those of its status, oldest first; it counts as judged before the first one
   * @param settleMs time for which the rule leaves out what has just been discovered
   */
  constructor(
    row: NodeRow,
    changes: readonly Omit<PastStatus, 'node_id'>[],
    { lookBackSeconds, settleMs }: { lookBackSeconds: number; settleMs: number },
  ) {
    this.#row = row;
    this.#lookBackSeconds = lookBackSeconds;
    this.#view = this.#viewOf(undefined);
    const first = changes[0];
    if (first?.old_status === 'discovering') this.#add(Number.NEGATIVE_INFINITY, 'discovering', null);
    for (const { time, old_status, new_status, reason } of changes) {
      this.#settleUntil(time.getTime());
      if (old_status === 'discovering') this.#settlesUntil = time.getTime() + settleMs;
      this.#add(time.getTime(), new_status, reason);
    }
    this.#settleUntil(Number.POSITIVE_INFINITY);
  }

  /** Moves on to a time, which must not be before the last one. */
  at(timeMs: number): void {
    const before = this.#position;
    for (
      let next = this.#stretches[this.#position + 1];
      next !== undefined && next.fromMs <= timeMs;
      next = this.#stretches[this.#position + 1]
    )
      this.#position += 1;
    if (this.#position !== before) this.#view = this.#viewOf(this.#stretches[this.#position]);
  }

  get name(): string {
    return this.#row.name;
  }

  get view(): NodeView {
    return this.#view;
  }

  get heldBy(): HeldBy | undefined {
    return this.#stretches[this.#position]?.heldBy;
  }

  /** Ends the settling where that is over before a time. */
  #settleUntil(timeMs: number): void {
    const until = this.#settlesUntil;
    const last = this.#stretches.at(-1);
    if (until === undefined || last === undefined || until >= timeMs) return;
    this.#stretches.push({ ...last, fromMs: until, isSettling: false });
    this.#settlesUntil = undefined;
  }

  #add(fromMs: number, status: string, reason: string | null): void {
    const isBlind =
      status === 'discovering' ||
      // That one rule has no data says nothing of the others.
      (status === 'unknown' && !(reason ?? '').startsWith(MISSING_PREFIX));
    this.#stretches.push({
      fromMs,
      unknown: isBlind ? (reason ?? status) : undefined,
      isSettling: this.#settlesUntil !== undefined && this.#settlesUntil > fromMs,
      heldBy: status === 'offline' ? 'unreachable' : status === 'maintenance' ? 'maintenance' : undefined,
    });
  }

  #viewOf(stretch: Stretch | undefined): NodeView {
    const unknown = stretch?.unknown;
    const agent = this.#row.source_type === 'agent' ? NO_SILENCE : undefined;
    return {
      row: this.#row,
      lastSeenAt: undefined,
      hearing:
        unknown === undefined
          ? { kind: 'known', isFresh: true, node: NO_SILENCE, agent }
          : { kind: 'unknown', reason: unknown },
      targets: [],
      failures: [],
      lookBackSeconds: this.#lookBackSeconds,
      settledMs: stretch?.isSettling === true ? 0 : undefined,
    };
  }
}

/** Builds the pasts of nodes. Their status of today counts from when it began. */
export function pastsOf(
  rows: readonly NodeRow[],
  statuses: readonly PastStatus[],
  { settleMs, lookBackSecondsOf }: { settleMs: number; lookBackSecondsOf: (template: string) => number },
): Map<string, NodePast> {
  const changes = Map.groupBy(statuses, ({ node_id: id }) => id);
  return new Map(
    rows.map((row) => {
      const own: Omit<PastStatus, 'node_id'>[] = changes.get(row.id) ?? [];
      // A node that was moved is discovered anew, of which the history of statuses knows nothing.
      const isNew = row.status === 'discovering' && row.status_since > (own.at(-1)?.time ?? new Date(0));
      const today = { time: row.status_since, old_status: '', new_status: row.status, reason: null };
      const lookBackSeconds = lookBackSecondsOf(row.template);
      return [row.id, new NodePast(row, isNew ? [...own, today] : own, { settleMs, lookBackSeconds })];
    }),
  );
}
