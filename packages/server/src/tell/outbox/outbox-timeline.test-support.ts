import type { AlertSeverity, TeamActive, TeamMatch, TeamRepeat, TeamStep } from '@stratora/contract';
import type { SendResult } from '@stratora/notifier';
import { silentLogger } from '@stratora/runtime';
import { ManualClock, startDatabase, type TestDatabase } from '@stratora/testkit';
import { sql } from 'kysely';
import type { AlertChange, AlertRef } from '../../judge/alerts/index.ts';
import { type Database, type DatabaseConnection, openDatabase } from '../../platform/db/index.ts';
import type { Channel, OnCallMail, OutgoingMessage } from '../channels/index.ts';
import type { Persons, Rotation, Team } from '../teams/index.ts';
import { OutboxServer } from './outbox-server.test-support.ts';
import { teamBookOf } from './team-book-of.ts';

/** Seconds between two looks of a timeline: the time of the escalation loop. */
const TICK = 5;

export interface TimelineTeam {
  name?: string;
  /** Each with its delay in seconds, and the channels by name. */
  steps: readonly { after: number; by?: readonly string[]; onCall?: 'current' | 'next' }[];
  repeat?: TeamRepeat;
  match?: Partial<TeamMatch>;
  active?: TeamActive;
  rotation?: Rotation;
  isDefault?: boolean;
}

export interface OutboxTimeline {
  title: string;
  /** One team that tells by `chat` at once, by default. */
  teams?: readonly TimelineTeam[];
  /** Time of the begin, where it matters. */
  begin?: string;
  /** What happens, as `SECOND WHAT`: see `happen`. */
  happens: readonly string[];
  /** From when to when no server runs. */
  away?: readonly [number, number];
  /** Second of the end. */
  until: number;
  /** What arrives, as `SECOND WAY ALERT:EVENT ...`, with `again` under a key that had arrived before; `FROM-TO` for a second. */
  arrives: readonly string[];
  /** What is listed as not sent, as `EVENT STATE REASON`, each once. */
  listed?: readonly string[];
}

export const TWO_STEPS: readonly TimelineTeam[] = [
  {
    steps: [
      { after: 0, by: ['chat'] },
      { after: 60, by: ['hook'] },
    ],
  },
];
export const REPEATING: readonly TimelineTeam[] = [
  { steps: [{ after: 0, by: ['chat'] }], repeat: { every_seconds: 60, times: 5 } },
];

/** Ways to send, by name: of chat and hook one recipient, of mail two. */
const WAYS = {
  chat: { type: 'slack', recipients: ['chat.example'] },
  hook: { type: 'webhook', recipients: ['hook.example'] },
  mail: { type: 'email', recipients: ['ada@example.com', 'bob@example.com'] },
  off: { type: 'webhook', recipients: ['off.example'] },
} as const;

/** Runs timelines on one database, one after the other. */
export class OutboxTimelines {
  readonly #server: TestDatabase;
  readonly #connection: DatabaseConnection;
  #channels = new Map<string, string>();
  #nodeId = '';
  #definitionId = '';

  private constructor(server: TestDatabase, connection: DatabaseConnection) {
    this.#server = server;
    this.#connection = connection;
  }

  static async start(): Promise<OutboxTimelines> {
    const server = await startDatabase();
    const timelines = new OutboxTimelines(server, openDatabase({ url: server.url, logger: silentLogger() }));
    await timelines.#prepare();
    return timelines;
  }

  async stop(): Promise<void> {
    await this.#connection.close();
    await this.#server.stop();
  }

  get db(): Database {
    return this.#connection.db;
  }

  async #prepare(): Promise<void> {
    const node = await sql<{ id: string }>`
      INSERT INTO nodes (name, ip_address, node_type, site_id, template)
      SELECT 'core', '10.0.0.1', 'server', id, 'ping' FROM sites WHERE is_default RETURNING id`.execute(
      this.db,
    );
    this.#nodeId = node.rows[0]?.id ?? '';
    const definition = await sql<{ id: string }>`
      INSERT INTO alert_definitions (slug, name, kind, expr, comparison, warning, critical, duration_seconds,
        clear_after_seconds, no_data, seen_good, enabled)
      VALUES ('load', 'Load', 'metric', 'load', '>', 1, 2, 0, 20, 'hold', false, true) RETURNING id`.execute(
      this.db,
    );
    this.#definitionId = definition.rows[0]?.id ?? '';
    for (const [name, { type, recipients }] of Object.entries(WAYS)) {
      const { rows } = await sql<{ id: string }>`
        INSERT INTO notification_channels (name, type, enabled, max_per_minute, config, key_version, shown_config,
          recipients)
        VALUES (${name}, ${type}, ${name !== 'off'}, 60, ''::bytea, 1, '{}', ${JSON.stringify(recipients)})
        RETURNING id`.execute(this.db);
      this.#channels.set(name, rows[0]?.id ?? '');
    }
  }

  /** @returns what arrived, and what is listed as not sent */
  async run(timeline: OutboxTimeline): Promise<{ arrives: string[]; listed: string[] }> {
    for (const table of ['alerts', 'notification_outbox', 'notification_lanes'])
      await sql`DELETE FROM ${sql.table(table)}`.execute(this.db);
    const run = new TimelineRun(this.db, timeline, {
      channels: this.#channels,
      nodeId: this.#nodeId,
      definitionId: this.#definitionId,
    });
    return run.toEnd();
  }
}

interface Plant {
  readonly channels: ReadonlyMap<string, string>;
  readonly nodeId: string;
  readonly definitionId: string;
}

const PERSONS: Persons = new Map(
  [
    { id: '00000000-0000-4000-8000-000000000001', name: 'Ada', email: 'ada@example.com', enabled: true },
    { id: '00000000-0000-4000-8000-000000000002', name: 'Bob', email: 'bob@example.com', enabled: true },
    { id: '00000000-0000-4000-8000-000000000003', name: 'Cleo', email: null, enabled: true },
    { id: '00000000-0000-4000-8000-000000000004', name: 'Dan', email: 'dan@example.com', enabled: false },
  ].map((person) => [person.id, person]),
);
/** Ids of people who can be on call: the third has no address, the fourth has left. */
export const [ADA, BOB, CLEO, DAN] = [...PERSONS.keys()] as [string, string, string, string];

class TimelineRun {
  readonly #db: Database;
  readonly #timeline: OutboxTimeline;
  readonly #plant: Plant;
  readonly #clock: ManualClock;
  readonly #begin: number;
  readonly #arrived: string[] = [];
  readonly #alerts = new Map<string, string>();
  readonly #keys = new Set<string>();
  /** What the other end of each way does at the moment. */
  readonly #ends = new Map<string, 'down' | 'busy' | 'refusing' | 'dying' | 'silent'>();
  #server: OutboxServer;

  constructor(db: Database, timeline: OutboxTimeline, plant: Plant) {
    this.#db = db;
    this.#timeline = timeline;
    this.#plant = plant;
    this.#clock = new ManualClock(Date.parse(timeline.begin ?? '2026-11-02T10:00:00Z'));
    this.#begin = this.#clock.now();
    this.#server = this.#newServer();
  }

  async toEnd(): Promise<{ arrives: string[]; listed: string[] }> {
    for (let second = 0; second <= this.#timeline.until; second += TICK) {
      await this.#clock.advance(Math.max(0, second * 1000 - this.#clock.monotonic()));
      for (const line of this.#timeline.happens) {
        const [at, ...what] = line.split(' ');
        if (Number(at) === second) await this.#happen(what);
      }
      const [from, to] = this.#timeline.away ?? [0, 0];
      if (second < from || second >= to) await this.#server.tick();
    }
    return { arrives: this.#arrived.toSorted(bySecond), listed: await this.#listed() };
  }

  #newServer(): OutboxServer {
    const teams = (this.#timeline.teams ?? [{ steps: [{ after: 0, by: ['chat'] }] }]).map((team, index) =>
      teamOf(team, index, this.#plant.channels),
    );
    const channels = [...this.#plant.channels].map(([name, id]) => ({
      id,
      name,
      enabled: name !== 'off',
      ...WAYS[name as keyof typeof WAYS],
    }));
    return new OutboxServer(this.#db, {
      clock: this.#clock,
      book: teamBookOf({ teams, channels, persons: PERSONS }),
      sender: { send: (way, message) => this.#receive(way, message) },
    });
  }

  get #at(): Date {
    return new Date(this.#clock.now());
  }

  /**
   * Lets something happen: `trigger`, `resolve`, `hold`, `release`, `flapping`, `calm`, a severity, `ack`, `unack`, `mute`
   * or `unmute` of an alert, which is the last word (`a` by default), several at once with `+` between; `down`, `busy`, `refusing`, `dying`, `silent` or `up` of a way;
   * `restart` of the server.
   */
  async #happen([what = '', whom = 'a']: readonly string[]): Promise<void> {
    const changes = this.#changesOf(what, whom);
    if (changes.length > 0) {
      const ids = await this.#server.apply(changes, this.#at);
      for (const id of ids.values()) this.#alerts.set(id, whom);
      return;
    }
    const columns = ACTIONS[what];
    if (columns !== undefined) return this.#act(whom, columns);
    if (what === 'restart') this.#server = this.#newServer();
    else if (what === 'up') this.#ends.delete(whom);
    else this.#ends.set(whom, what as 'down');
  }

  async #act(whom: string, set: ReturnType<typeof sql>): Promise<void> {
    const [id = ''] = [...this.#alerts].findLast(([, name]) => name === whom) ?? [];
    await this.#db.transaction().execute(async (tx) => {
      await sql`UPDATE alerts SET ${set} WHERE id = ${id}`.execute(tx);
      await this.#server.planner.note(tx, [id], this.#at);
    });
  }

  #changesOf(what: string, whom: string): AlertChange[] {
    if (!what.includes('+')) return [this.#changeOf(what, whom)].filter((change) => change !== undefined);
    return what.split('+').flatMap((one) => this.#changesOf(one, whom));
  }

  #changeOf(what: string, whom: string): AlertChange | undefined {
    const ref: AlertRef = {
      subject: { nodeId: this.#plant.nodeId, componentId: null },
      alertKey: `load:${whom}`,
    };
    const value = { value: 3, threshold: 1 };
    switch (what) {
      case 'trigger':
        return triggerOf(ref, {
          ...value,
          definitionId: this.#plant.definitionId,
          severity: 'warning',
          startedAt: this.#at,
        });
      case 'warning':
      case 'critical':
      case 'info':
        return { ...ref, kind: 'severity', severity: what, ...value };
      case 'hold':
        return { ...ref, kind: 'hold', hold: { by: 'upstream', nodeId: this.#plant.nodeId } };
      case 'release':
      case 'calm':
        return { ...ref, kind: what };
      case 'flapping':
        return { ...ref, kind: 'flapping', changes: 6 };
      case 'resolve':
        return { ...ref, kind: 'resolve', value: 0, reason: undefined };
      default:
        return undefined;
    }
  }

  async #receive(way: Channel | OnCallMail, message: OutgoingMessage): Promise<SendResult> {
    const name = way.type === 'on_call' ? 'oncall' : way.name;
    const end = this.#ends.get(name);
    if (end === 'down')
      return { ok: false, reason: 'connection_failed', message: 'Nobody answers.', isFinal: false };
    if (end === 'busy') return { ok: false, reason: 'recipient_rejected', message: 'Later.', isFinal: false };
    if (end === 'refusing')
      return { ok: false, reason: 'rejected', message: 'It was refused.', isFinal: true };
    if (message.mayWrite?.() === false) throw new Error('a message that may not be written');
    const second = Math.round((this.#clock.now() - this.#begin) / 1000);
    const to = name === 'mail' || name === 'oncall' ? `${name}/${message.recipient.split('@')[0]}` : name;
    const alerts = message.notices.map(({ alert, event }) => `${this.#alerts.get(alert?.id ?? '')}:${event}`);
    const again = this.#keys.has(message.key) ? ['again'] : [];
    this.#keys.add(message.key);
    this.#arrived.push([second, to, ...alerts.toSorted(), ...again].join(' '));
    // The process ends in the middle: what it would have noted is never written.
    if (end === 'dying') throw new Error('killed');
    return end === 'silent'
      ? { ok: false, reason: 'timeout', message: 'No answer.', isFinal: false }
      : { ok: true, detail: 'accepted' };
  }

  async #listed(): Promise<string[]> {
    const { rows } = await sql<{ line: string }>`
      SELECT DISTINCT concat_ws(' ', event, state, reason) AS line FROM notification_outbox
      WHERE state <> 'sent' ORDER BY line`.execute(this.#db);
    return rows.map(({ line }) => line);
  }
}

const ACTIONS: Readonly<Record<string, ReturnType<typeof sql>>> = {
  ack: sql`acknowledged_at = now(), acknowledged_by = 'ada'`,
  unack: sql`acknowledged_at = NULL, acknowledged_by = NULL`,
  mute: sql`muted_at = now(), muted_by = 'ada'`,
  unmute: sql`muted_at = NULL, muted_by = NULL`,
};

export function triggerOf(
  ref: AlertRef,
  more: { definitionId: string; severity: AlertSeverity; startedAt: Date; value: number; threshold: number },
): AlertChange {
  return {
    ...ref,
    kind: 'trigger',
    definitionSlug: 'load',
    instance: ref.alertKey.slice('load:'.length),
    labels: {},
    comparison: '>',
    unit: null,
    query: 'load',
    text: undefined,
    ...more,
  };
}

export function teamOf(given: TimelineTeam, index: number, channels: ReadonlyMap<string, string>): Team {
  const none = { severities: [], site_ids: [], group_ids: [], definition_ids: [] };
  return {
    id: `00000000-0000-4000-9000-00000000000${index + 1}`,
    name: given.name ?? `team ${index + 1}`,
    enabled: true,
    isDefault: given.isDefault ?? false,
    match: { ...none, ...given.match },
    active: given.active ?? { type: 'always' },
    repeat: given.repeat ?? null,
    rotation: given.rotation ?? null,
    steps: given.steps.map(
      ({ after, by, onCall }): TeamStep => ({
        after_seconds: after,
        ...(by ? { channel_ids: by.map((name) => channels.get(name) ?? '') } : {}),
        ...(onCall ? { on_call: onCall } : {}),
      }),
    ),
  };
}

function bySecond(a: string, b: string): number {
  return Number.parseInt(a, 10) - Number.parseInt(b, 10) || a.localeCompare(b);
}
