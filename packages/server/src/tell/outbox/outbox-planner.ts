import type { Logger } from '@stratora/runtime';
import { isDatabaseAway, type Tx } from '../../platform/db/index.ts';
import { decideEscalation, type Escalation } from './escalation-decision.ts';
import {
  beginTrial,
  endTrial,
  keepEscalations,
  listEscalations,
  listUnderWay,
  lockEscalatedAlerts,
  undoTrial,
} from './escalation-queries.ts';
import { insertAllClears, insertNotices, mergeResolved, notifySenders } from './outbox-writing-queries.ts';
import type { EscalatedAlert, TeamBook } from './team-book.ts';

export interface OutboxPlannerOptions {
  logger: Pick<Logger, 'error'>;
  /** Reads the teams as the transaction sees them. */
  readTeams: (tx: Tx) => Promise<TeamBook>;
}

/** Plans who is told of alerts, and writes it, for one alert or for five thousand by the same few statements. */
export class OutboxPlanner {
  readonly #options: OutboxPlannerOptions;
  /** How many times a change of alerts had to go on without its plan. */
  failures = 0;

  constructor(options: OutboxPlannerOptions) {
    this.#options = options;
  }

  /**
   * Plans what follows from a change of alerts, in the transaction of the change. A fault in a plan must not keep alerts from
   * being written: the change goes on without it, and the escalation loop makes up for it.
   */
  async note(tx: Tx, alertIds: readonly string[], at: Date): Promise<void> {
    await beginTrial(tx);
    try {
      await this.plan(tx, alertIds, at);
      await endTrial(tx);
    } catch (error) {
      if (isDatabaseAway(error)) throw error;
      await undoTrial(tx);
      this.failures += 1;
      this.#options.logger.error({ err: error, alerts: alertIds.length }, 'notices not planned');
    }
  }

  /**
   * Plans anew what follows from a change of teams, in the transaction of the change: a step that comes sooner now is taken in time,
   * and what a team can no longer tell goes to others at once.
   */
  async noteTeams(tx: Tx, teamIds: readonly string[], at: Date): Promise<void> {
    const alertIds = await listUnderWay(tx, teamIds);
    if (alertIds.length > 0) await this.note(tx, alertIds, at);
  }

  /** Brings the plan of alerts up to what they are now. Doing it twice changes nothing. */
  async plan(tx: Tx, alertIds: readonly string[], at: Date): Promise<void> {
    const alerts = await lockEscalatedAlerts(tx, alertIds, at);
    const known = Map.groupBy(await listEscalations(tx, alertIds), ({ alertId }) => alertId);
    const concerned = alerts.filter(({ id, state }) => state === 'active' || known.has(id));
    await this.#decide(tx, concerned, { known, at });
    const over = alerts.filter(({ id, state }) => state === 'resolved' && known.has(id)).map(({ id }) => id);
    if (over.length > 0) {
      await mergeResolved(tx, over, at);
      await insertAllClears(tx, over, at);
    }
    await notifySenders(tx);
  }

  async #decide(
    tx: Tx,
    alerts: readonly EscalatedAlert[],
    { known, at }: { known: ReadonlyMap<string, Escalation[]>; at: Date },
  ): Promise<void> {
    if (alerts.length === 0) return;
    const book = await this.#options.readTeams(tx);
    const decisions = alerts.map((alert) => {
      const escalations = known.get(alert.id) ?? [];
      const decision = decideEscalation({ alert, escalations, book, at });
      return {
        notices: decision.notices,
        escalations: decision.escalations.filter((one) => !escalations.includes(one)),
      };
    });
    await keepEscalations(
      tx,
      decisions.flatMap(({ escalations }) => escalations),
    );
    await insertNotices(
      tx,
      decisions.flatMap(({ notices }) => notices),
      at,
    );
  }
}
