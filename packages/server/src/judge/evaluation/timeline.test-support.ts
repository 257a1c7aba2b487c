import { silentLogger, sleep } from '@stratora/runtime';
import { ManualClock, startDatabase, type TestDatabase } from '@stratora/testkit';
import { sql } from 'kysely';
import { SERVER_ACTOR } from '../../platform/audit/index.ts';
import { type Database, type DatabaseConnection, openDatabase } from '../../platform/db/index.ts';
import { WindowService } from '../maintenance/window-service.ts';
import { RuleBook } from '../rules/rule-book.ts';
import { EvaluationService } from './evaluation-service.ts';
import { addCollector } from './polled-nodes.test-support.ts';
import { SampleMemory } from './sample-memory.test-support.ts';
import {
  HEARD_RULES,
  joinTimelines,
  readTimeline,
  type Span,
  sharedCourse,
  type Timeline,
} from './timeline-text.test-support.ts';

const CYCLE = 10;
const TABLES = [
  'alerts',
  'alert_states',
  'evaluator_state',
  'maintenance_periods',
  'alert_definitions',
  'nodes',
  'remote_components',
];

/**
 * Runs timelines on the emptied tables of one database, those together in which the same happens to what they share: one
 * evaluator judges them all, each by rules and on nodes of its own.
 */
export class TimelineRunner {
  readonly #server: TestDatabase;
  readonly #connection: DatabaseConnection;
  /** Timelines by title, with their prefix. */
  readonly #timelines = new Map<string, { prefix: string; timeline: Timeline }>();
  readonly #runs = new Map<string, Promise<string[]>>();

  private constructor(server: TestDatabase, connection: DatabaseConnection) {
    this.#server = server;
    this.#connection = connection;
  }

  static async start(texts: Readonly<Record<string, string>>): Promise<TimelineRunner> {
    const server = await startDatabase();
    const runner = new TimelineRunner(server, openDatabase({ url: server.url, logger: silentLogger() }));
    for (const [index, [title, text]] of Object.entries(texts).entries()) {
      const prefix = `t${index}_`;
      runner.#timelines.set(title, { prefix, timeline: readTimeline(text, prefix) });
    }
    return runner;
  }

  async stop(): Promise<void> {
    await this.#connection.close();
    await this.#server.stop();
  }

  /** Runs a timeline, with all that can be run with it. @returns what was not as expected, one line each */
  async run(title: string): Promise<string[]> {
    const found = this.#timelines.get(title);
    if (found === undefined) throw new Error(`no timeline ${title}`);
    const course = sharedCourse(found.timeline);
    const before = [...this.#runs.values()].at(-1);
    const run = this.#runs.get(course) ?? this.#runTogether(course, before);
    this.#runs.set(course, run);
    const faults = await run;
    return faults.filter((fault) => fault.startsWith(found.prefix));
  }

  async #runTogether(course: string, before: Promise<unknown> | undefined): Promise<string[]> {
    await before?.catch(() => {});
    const { db } = this.#connection;
    for (const table of TABLES) await sql`DELETE FROM ${sql.table(table)}`.execute(db);
    const together = [...this.#timelines.values()].filter(
      ({ timeline }) => sharedCourse(timeline) === course,
    );
    const run = await TimelineRun.prepare(db, joinTimelines(together.map(({ timeline }) => timeline)));
    return run.toEnd();
  }
}

class TimelineRun {
  readonly #db: Database;
  readonly #timeline: Timeline;
  readonly #ids: ReadonlyMap<string, string>;
  readonly #collector: string;
  readonly #clock = new ManualClock(Date.now());
  readonly #source = new SampleMemory();
  readonly #begin = this.#clock.now();
  readonly #faults: string[] = [];
  /** Ids of maintenance windows by the node that they are for. */
  readonly #windows = new Map<string, string>();
  readonly #rules: RuleBook;
  #service: EvaluationService | undefined;

  private constructor(
    db: Database,
    timeline: Timeline,
    { ids, collector }: { ids: ReadonlyMap<string, string>; collector: string },
  ) {
    this.#db = db;
    this.#rules = new RuleBook({ db, logger: silentLogger() });
    this.#timeline = timeline;
    this.#ids = ids;
    this.#collector = collector;
  }

  static async prepare(db: Database, timeline: Timeline): Promise<TimelineRun> {
    const collector = await addCollector(db);
    const ids = new Map<string, string>();
    for (const { name, isNew } of timeline.nodes)
      ids.set(name, await addNode(db, { name, isNew, collector }));
    for (const { node, parent } of timeline.parents) {
      await sql`INSERT INTO node_parents (node_id, parent_id)
        VALUES (${ids.get(node)}, ${ids.get(parent)})`.execute(db);
    }
    for (const rule of [...HEARD_RULES, ...timeline.rules]) await addRule(db, rule);
    return new TimelineRun(db, timeline, { ids, collector });
  }

  async toEnd(): Promise<string[]> {
    await this.#rules.readStale();
    await this.#addWindows();
    for (let second = 0; second <= this.#timeline.end; second += CYCLE) {
      await this.#clock.advance(Math.max(0, second * 1000 - this.#clock.monotonic()));
      await this.#happen(second);
      if (!this.#is(second, 'server')) await this.#cycle();
      await this.#compare(second);
      await this.#count(second);
    }
    return this.#faults;
  }

  #windowService(): WindowService {
    return new WindowService({ db: this.#db, clock: this.#clock });
  }

  /** Adds all maintenance windows ahead of time, as people plan them. */
  async #addWindows(): Promise<void> {
    for (const { node, from, to } of this.#timeline.windows) {
      const { id } = await this.#windowService().create(SERVER_ACTOR, {
        name: `work on ${node}`,
        scope: { type: 'node', id: this.#ids.get(node) ?? null },
        starts_at: new Date(this.#timeOf(from)).toISOString(),
        ends_at: new Date(this.#timeOf(to)).toISOString(),
        rrule: null,
        exdates: [],
        timezone: 'UTC',
        reason: null,
      });
      this.#windows.set(node, id);
    }
  }

  #is(second: number, what: 'store' | 'vectors' | 'collector' | 'server'): boolean {
    return this.#timeline.away.some((span) => span.what === what && isIn(span, second));
  }

  /** Lets everything happen that is of a second, before the cycle of that second. */
  async #happen(second: number): Promise<void> {
    const { restarts, clockSteps } = this.#timeline;
    for (const { at, seconds } of clockSteps)
      if (at === second) this.#clock.setNow(this.#clock.now() + seconds * 1000);
    if (restarts.includes(second) || this.#is(second, 'server')) this.#service = undefined;
    for (const { at, node } of this.#timeline.windowEnds) {
      if (at === second) await this.#windowService().end(SERVER_ACTOR, this.#windows.get(node) ?? '');
    }
    const isCut = this.#is(second, 'collector');
    if (!isCut) await this.#call(second);
    this.#addSamples(second, isCut);
    const vectors = this.#is(second, 'vectors') ? 'vectors' : undefined;
    this.#source.away = this.#is(second, 'store') ? 'all' : vectors;
  }

  /** Lets the collector call, and report what it met. */
  async #call(second: number): Promise<void> {
    const now = new Date(this.#clock.now()).toISOString();
    const skew = (this.#timeOf(second) - this.#clock.now()) / 1000;
    await sql`UPDATE component_states SET last_seen_at = ${now}::timestamptz, clock_skew_seconds = ${skew}`.execute(
      this.#db,
    );
    for (const { node, message, from, to } of this.#timeline.failures) {
      const status = isIn({ from, to }, second) ? 'auth' : 'ok';
      await sql`INSERT INTO collector_targets AS t (node_id, input, component_id, status, message, since)
        VALUES (${this.#ids.get(node)}, 'snmp', ${this.#collector}, ${status}, ${message}, ${now}::timestamptz)
        ON CONFLICT (node_id, input) DO UPDATE SET status = excluded.status, since = excluded.since
        WHERE t.status <> excluded.status`.execute(this.#db);
    }
  }

  #addSamples(second: number, isCut: boolean): void {
    for (const [name, id] of this.#ids) {
      const isSilent = this.#timeline.silences.some((span) => span.node === name && isIn(span, second));
      if (!isSilent && !isCut) this.#source.hear(id, this.#timeOf(second));
    }
    for (const { node, metric, labels, values, from, to, arrivesAt } of this.#timeline.series) {
      const id = this.#ids.get(node);
      if (id === undefined) throw new Error(`no node ${node}`);
      const add = (at: number) => {
        const value = values[((at - from) / CYCLE) % values.length] ?? Number.NaN;
        this.#source.add(id, { __name__: metric, ...labels }, { at: this.#timeOf(at), value });
      };
      if (arrivesAt === second) for (let at = from; at <= to; at += CYCLE) add(at);
      else if (arrivesAt === undefined && isIn({ from, to }, second) && !isCut) add(second);
    }
  }

  /** Returns the time of a second by the clocks of devices, which are right. */
  #timeOf(second: number): number {
    return this.#begin + second * 1000;
  }

  async #cycle(): Promise<void> {
    const isNew = this.#service === undefined;
    this.#service ??= this.#newService();
    const course = { isOver: false };
    const cycle = this.#service
      .evaluate({
        isNew,
        signal: new AbortController().signal,
        fenced: (work) => this.#db.transaction().execute(work),
      })
      .finally(() => {
        course.isOver = true;
      });
    cycle.catch(() => {});
    while (!course.isOver) {
      await Promise.race([cycle, sleep(2)]);
      if (this.#clock.pendingTimers > 0) await this.#clock.advance(2000);
    }
    await cycle;
  }

  #newService(): EvaluationService {
    const [db, clock] = [this.#db, this.#clock];
    return new EvaluationService({
      db,
      clock,
      logger: silentLogger(),
      source: this.#source,
      rules: () => this.#rules.current,
      unreachableSeconds: () => 300,
      settleSeconds: () => 300,
      tellingWays: async () => [],
      isAgentTemplate: () => false,
      reads: () => false,
      lookBackSecondsOf: () => 30,
      storeFault: async () => undefined,
    });
  }

  async #compare(second: number): Promise<void> {
    const due = this.#timeline.expectations.filter((span) => isIn(span, second));
    if (due.length === 0) return;
    const found = await this.#look();
    for (const { node, of, is, line } of due) {
      // What is about a collector or the system has no node.
      const was = found.get(`${node} ${of}`) ?? found.get(of) ?? 'none';
      if (was !== is) this.#faults.push(`${node}: ${line}: ${was} at ${second}s`);
    }
  }

  /** Reads what every condition and node is, by name. */
  async #look(): Promise<Map<string, string>> {
    const { rows } = await sql<{ key: string; value: string }>`
      SELECT concat_ws(' ', n.name, s.family || CASE WHEN s.instance = '' THEN '' ELSE ':' || s.instance END) AS key,
        'pending' AS value
      FROM alert_states s LEFT JOIN nodes n ON n.id = s.subject WHERE s.phase = 'pending'
      UNION ALL
      SELECT concat_ws(' ', n.name, a.alert_key), a.severity || CASE WHEN a.flapping_since IS NULL THEN '' ELSE
        ',unstable' END || coalesce(',held-' || a.held_by, '')
      FROM alerts a LEFT JOIN nodes n ON n.id = a.node_id WHERE a.state = 'active'
      UNION ALL
      SELECT n.name || ' status', s.status FROM nodes n JOIN node_states s ON s.node_id = n.id`.execute(
      this.#db,
    );
    return new Map(rows.map(({ key, value }) => [key, value]));
  }

  async #count(second: number): Promise<void> {
    for (const { of, count, line, at, prefix } of this.#timeline.counts) {
      if (at !== second) continue;
      const { rows } = await sql<{ count: number }>`
        SELECT count(*)::int AS count FROM alerts
        WHERE alert_key = ${of} AND (node_id IS NULL OR starts_with(subject_name, ${prefix}))`.execute(
        this.#db,
      );
      if (rows[0]?.count !== count) this.#faults.push(`${prefix}: ${line}: ${rows[0]?.count}`);
    }
  }
}

function isIn({ from, to }: Span, second: number): boolean {
  return second >= from && second <= to;
}

async function addNode(
  db: Database,
  { name, isNew, collector }: { name: string; isNew: boolean; collector: string },
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    INSERT INTO nodes (name, ip_address, node_type, site_id, template, collector_id)
    SELECT ${name}, '10.0.0.1', 'server', id, 'ping', ${collector} FROM sites WHERE is_default
    RETURNING id`.execute(db);
  const id = rows[0]?.id ?? '';
  if (!isNew) await sql`UPDATE node_states SET status = 'healthy' WHERE node_id = ${id}`.execute(db);
  return id;
}

async function addRule(db: Database, rule: Readonly<Record<string, unknown>>): Promise<void> {
  const row = {
    name: rule['slug'],
    kind: 'metric',
    comparison: '>',
    duration_seconds: 0,
    clear_after_seconds: 20,
    no_data: 'hold',
    seen_good: false,
    enabled: true,
    ...rule,
  };
  const columns = sql.join(Object.keys(row).map((name) => sql.ref(name)));
  await sql`INSERT INTO alert_definitions (${columns}) VALUES (${sql.join(Object.values(row))})`.execute(db);
}
