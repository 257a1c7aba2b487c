import { silentLogger } from '@stratora/runtime';
import { ManualClock, startDatabase, type TestDatabase } from '@stratora/testkit';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type DatabaseConnection, openDatabase, type Tx } from '../../platform/db/index.ts';
import { ruleGroups } from '../alerts/prometheus-form.ts';
import { listJudgingDefinitions } from '../alerts/prometheus-queries.ts';
import { RuleBook } from '../rules/rule-book.ts';
import { EvaluationService, type EvaluationServiceOptions } from './evaluation-service.ts';
import { FIRING_MAX } from './instance-limit.ts';
import { SampleMemory } from './sample-memory.test-support.ts';
import type { VectorAnswer } from './vector-source.ts';

const signal = new AbortController().signal;

describe('a cycle', () => {
  let server: TestDatabase;
  let database: DatabaseConnection;
  let node = '';
  let rules: RuleBook;
  let clock: ManualClock;
  let source: SampleMemory;

  beforeAll(async () => {
    server = await startDatabase();
    database = openDatabase({ url: server.url, logger: silentLogger() });
    const { rows } = await sql<{ id: string }>`
      WITH collector AS (
        INSERT INTO remote_components (component_type, name, hostname, version, os, arch, approval)
        VALUES ('collector', 'c', 'c', '1', 'linux', 'x64', 'approved') RETURNING id
      )
      INSERT INTO nodes (name, ip_address, node_type, site_id, template, collector_id)
      SELECT 'n', '10.0.0.1', 'server', s.id, 'ping', c.id FROM sites s, collector c WHERE s.is_default
      RETURNING id`.execute(database.db);
    node = rows[0]?.id ?? '';
    await sql`INSERT INTO component_states (component_id) SELECT id FROM remote_components
      ON CONFLICT DO NOTHING`.execute(database.db);
    await sql`INSERT INTO alert_definitions (slug, name, kind, expr, comparison, warning, duration_seconds,
        clear_after_seconds, no_data, seen_good, enabled)
      VALUES ('disk', 'Disk', 'metric', 'disk', '>', 85, 0, 20, 'hold', false, true)`.execute(database.db);
    rules = new RuleBook({ db: database.db, logger: silentLogger() });
    await rules.readStale();
  });
  afterAll(async () => {
    await database?.close();
    await server?.stop();
  });
  beforeEach(async () => {
    await sql`DELETE FROM alerts`.execute(database.db);
    await sql`DELETE FROM alert_states`.execute(database.db);
    await sql`DELETE FROM evaluator_state`.execute(database.db);
    await sql`UPDATE node_states SET status = 'healthy'`.execute(database.db);
    clock = new ManualClock(Date.now());
    source = new SampleMemory();
  });

  function service(change: Partial<EvaluationServiceOptions> = {}): EvaluationService {
    return new EvaluationService({
      db: database.db,
      clock,
      logger: silentLogger(),
      source,
      rules: () => rules.current,
      unreachableSeconds: () => 300,
      settleSeconds: () => 300,
      tellingWays: async () => [],
      isAgentTemplate: () => false,
      reads: () => false,
      lookBackSecondsOf: () => 30,
      storeFault: async () => undefined,
      ...change,
    });
  }

  const inTransaction = <T>(work: (tx: Tx) => Promise<T>) => database.db.transaction().execute(work);
  /** Refuses to write, as the lease does once another server leads. */
  const fencedOff = async () => undefined;

  async function tick(disk: number): Promise<void> {
    await clock.advance(10_000);
    source.hear(node, clock.now());
    source.add(node, { __name__: 'disk' }, { at: clock.now(), value: disk });
    await call();
  }

  /** Lets the collector call. */
  async function call(): Promise<void> {
    await sql`UPDATE component_states SET last_seen_at = ${new Date(clock.now()).toISOString()}::timestamptz`.execute(
      database.db,
    );
  }

  async function alerts(): Promise<string[]> {
    const { rows } = await sql<{ state: string }>`SELECT state FROM alerts ORDER BY id`.execute(database.db);
    return rows.map(({ state }) => state);
  }

  /** What Prometheus' rules say of rules that are refused. */
  async function refusals(): Promise<string[]> {
    const groups = ruleGroups(await listJudgingDefinitions(database.db), [], undefined);
    return groups
      .flatMap(({ rules: own }) => own)
      .filter(({ health }) => health === 'err')
      .map(({ name, lastError }) => `${name}: ${lastError}`);
  }

  it('writes nothing on a server that does not lead any more, and forgets what it found out', async () => {
    const late = service();
    await tick(20);
    await late.evaluate({ isNew: true, signal, fenced: inTransaction });
    await tick(90);
    await late.evaluate({ isNew: false, signal, fenced: fencedOff });
    expect(await alerts()).toEqual([]);
    await tick(90);
    await late.evaluate({ isNew: false, signal, fenced: inTransaction });
    expect(await alerts()).toEqual(['active']);
  });

  it('is as if it had not been when its transaction fails', async () => {
    const one = service();
    await tick(90);
    const failing = one.evaluate({
      isNew: true,
      signal,
      fenced: (work) =>
        inTransaction(async (tx) => {
          await work(tx);
          throw new Error('the database went away');
        }),
    });
    await expect(failing).rejects.toThrow('went away');
    expect(await alerts()).toEqual([]);
    await tick(90);
    await one.evaluate({ isNew: true, signal, fenced: inTransaction });
    expect(await alerts()).toEqual(['active']);
  });

  it('goes on elsewhere with the same alert, whoever led before', async () => {
    const [one, two] = [service(), service()];
    await tick(90);
    await one.evaluate({ isNew: true, signal, fenced: inTransaction });
    await tick(90);
    await two.evaluate({ isNew: true, signal, fenced: inTransaction });
    for (const disk of [20, 20, 20]) {
      await tick(disk);
      await two.evaluate({ isNew: false, signal, fenced: inTransaction });
    }
    expect(await alerts()).toEqual(['resolved']);
    // The first one has not heard of that: it reads all anew as soon as it leads again.
    await tick(20);
    await one.evaluate({ isNew: true, signal, fenced: inTransaction });
    expect(await alerts()).toEqual(['resolved']);
  });

  it('ends the alert of a definition that is switched off, and forgets its condition', async () => {
    const one = service();
    await tick(90);
    await one.evaluate({ isNew: true, signal, fenced: inTransaction });
    await sql`UPDATE alert_definitions SET enabled = false`.execute(database.db);
    await rules.refresh();
    await tick(90);
    await one.evaluate({ isNew: false, signal, fenced: inTransaction });
    expect(await alerts()).toEqual(['resolved']);
    const { rows } = await sql`SELECT FROM alert_states`.execute(database.db);
    expect(rows).toEqual([]);
    await sql`UPDATE alert_definitions SET enabled = true`.execute(database.db);
    await rules.refresh();
  });

  it('ends an alert that nothing stands behind', async () => {
    const one = service();
    await tick(90);
    await one.evaluate({ isNew: true, signal, fenced: inTransaction });
    await sql`DELETE FROM alert_states`.execute(database.db);
    await tick(20);
    await service().evaluate({ isNew: true, signal, fenced: inTransaction });
    expect(await alerts()).toEqual(['resolved']);
  });

  it('does not take a node for heard by a time that is still to come', async () => {
    const ahead = new Date(clock.now() + 3_600_000).toISOString();
    await sql`UPDATE node_states SET last_seen_at = ${ahead}::timestamptz`.execute(database.db);
    const one = service();
    const status = async () =>
      (await sql<{ status: string }>`SELECT status FROM node_states`.execute(database.db)).rows[0]?.status;
    for (let cycle = 0; cycle < 35; cycle += 1) {
      await clock.advance(10_000);
      await call();
      await one.evaluate({ isNew: cycle === 0, signal, fenced: inTransaction });
      if (cycle === 25) expect(await status()).toBe('healthy');
    }
    expect(await status()).toBe('unknown');
    await tick(20);
    await one.evaluate({ isNew: false, signal, fenced: inTransaction });
    expect(await status()).toBe('healthy');
    await sql`UPDATE node_states SET last_seen_at = NULL`.execute(database.db);
  });

  it('counts cycles that the store cut short, and is not well once that lasts', async () => {
    const one = service();
    source.away = 'vectors';
    await tick(90);
    await one.evaluate({ isNew: true, signal, fenced: inTransaction });
    expect(one.figures).toMatchObject({ expressions: 1, unread: 1, cutShort: 1 });
    expect(one.isReadingAll(60_000)).toBe(true);
    for (let cycle = 0; cycle < 6; cycle += 1) {
      await tick(90);
      await one.evaluate({ isNew: false, signal, fenced: inTransaction });
    }
    expect(one.figures.cutShort).toBe(7);
    expect(one.isReadingAll(60_000)).toBe(false);
    source.away = undefined;
    await tick(90);
    await one.evaluate({ isNew: false, signal, fenced: inTransaction });
    expect(one.figures).toMatchObject({ unread: 0, cutShort: 7 });
    expect(one.isReadingAll(60_000)).toBe(true);
  });

  it('says of a rule that the store refuses it, once in the log, and leaves its alert as it is', async () => {
    const lines: unknown[] = [];
    const note = (fields: unknown, message?: string) => void lines.push([fields, message]);
    let answer: VectorAnswer | undefined;
    const one = service({
      logger: { warn: note, info: note },
      source: {
        readEvidence: (timeMs) => source.readEvidence(timeMs),
        read: async (expressions, timeMs) =>
          answer === undefined
            ? source.read(expressions, timeMs)
            : new Map(expressions.map((text) => [text, answer as VectorAnswer])),
      },
    });
    const cycle = async (isNew = false) => {
      await tick(90);
      await one.evaluate({ isNew, signal, fenced: inTransaction });
      return one.figures.refused;
    };
    expect(await cycle(true)).toBe(0);
    answer = { kind: 'refused', reason: 'duplicate series' };
    expect(await cycle()).toBe(1);
    // The store names other series each time.
    answer = { kind: 'refused', reason: 'other duplicate series' };
    expect(await cycle()).toBe(1);
    const refusal = [{ slug: 'disk', reason: 'duplicate series' }, 'alert rule refused by the metric store'];
    expect(lines).toEqual([refusal]);
    expect(await alerts()).toEqual(['active']);
    expect(await refusals()).toEqual(['disk: duplicate series']);
    answer = { kind: 'away', reason: 'too slow' };
    expect(await cycle(true)).toBe(1);
    expect(await refusals()).toEqual(['disk: duplicate series']);
    // Of another expression they say something else, also where the store was away at first.
    await sql`UPDATE alert_definitions SET expr = 'disk + disk'`.execute(database.db);
    await rules.refresh();
    expect(await cycle()).toBe(1);
    answer = { kind: 'refused', reason: 'a series twice' };
    expect(await cycle()).toBe(1);
    expect(await refusals()).toEqual(['disk: a series twice']);
    await sql`UPDATE alert_definitions SET expr = 'disk'`.execute(database.db);
    await rules.refresh();
    answer = undefined;
    expect(await cycle()).toBe(0);
    expect(lines).toEqual([refusal, [{ slug: 'disk' }, 'alert rule not refused any more']]);
    expect(await refusals()).toEqual([]);
    expect(await alerts()).toEqual(['active']);
  });

  it('keeps when rules judged nothing, and why', async () => {
    await sql`DELETE FROM unjudged_times`.execute(database.db);
    const one = service();
    const cycle = async (isNew = false) => {
      await tick(20);
      await one.evaluate({ isNew, signal, fenced: inTransaction });
      return clock.now();
    };
    const times = async () =>
      (
        await sql<{ kind: string; from: Date; until: Date | null }>`
          SELECT kind, from_at AS from, until_at AS until FROM unjudged_times ORDER BY id`.execute(
          database.db,
        )
      ).rows.map(({ kind, from, until }) => [kind, from.getTime(), until?.getTime() ?? null]);
    const first = await cycle(true);
    source.away = 'vectors';
    const from = await cycle();
    await cycle();
    expect(await times()).toEqual([['unread', from, null]]);
    source.away = undefined;
    // Another server reads what is on record.
    const until = await cycle(true);
    expect(await times()).toEqual([['unread', from, until]]);
    source.away = 'vectors';
    await cycle();
    source.away = undefined;
    const again = await cycle();
    expect(await times()).toEqual([['unread', from, again]]);
    await clock.advance(300_000);
    const started = await cycle();
    expect(await times()).toEqual([
      ['unread', from, again],
      ['stopped', again, started],
    ]);
    expect(first).toBeLessThan(from);
  });

  it('says of a node what its alert says, also in the first cycle after a start', async () => {
    await sql`INSERT INTO alert_definitions (slug, name, kind, comparison, critical, duration_seconds, clear_after_seconds,
        no_data, seen_good, enabled)
      VALUES ('silent', 'Silent', 'reachability', '>', 60, 0, 20, 'hold', false, true)`.execute(database.db);
    await rules.refresh();
    const reason = async () =>
      (await sql<{ status_reason: string }>`SELECT status_reason FROM node_states`.execute(database.db))
        .rows[0]?.status_reason;
    await tick(20);
    const one = service();
    await one.evaluate({ isNew: true, signal, fenced: inTransaction });
    for (let round = 0; round < 12; round += 1) {
      await clock.advance(10_000);
      await call();
      await one.evaluate({ isNew: false, signal, fenced: inTransaction });
    }
    const { rows } = await sql<{ summary: string }>`
      SELECT summary FROM alerts WHERE definition_slug = 'silent'`.execute(database.db);
    expect(rows[0]?.summary).toMatch(/^Not reachable/);
    await clock.advance(10_000);
    await call();
    await service().evaluate({ isNew: true, signal, fenced: inTransaction });
    expect(await reason()).toMatch(/^Not reachable/);
    await sql`DELETE FROM alert_definitions WHERE slug = 'silent'`.execute(database.db);
    await rules.refresh();
  });

  it('tells of a series by the labels that it has when its alert begins, not when it was first seen', async () => {
    await sql`INSERT INTO alert_definitions (slug, name, kind, expr, comparison, warning, duration_seconds,
        clear_after_seconds, no_data, seen_good, instance_labels, summary, enabled)
      VALUES ('port', 'Port', 'metric', 'port', '>', 0, 0, 20, 'hold', true, '{name}', '{{ $labels.alias }} is down',
        true)`.execute(database.db);
    await rules.refresh();
    const one = service();
    await tick(20);
    source.add(node, { __name__: 'port', name: '1' }, { at: clock.now(), value: 0 });
    await one.evaluate({ isNew: true, signal, fenced: inTransaction });
    await tick(20);
    source.add(node, { __name__: 'port', name: '1', alias: 'uplink' }, { at: clock.now(), value: 1 });
    await one.evaluate({ isNew: false, signal, fenced: inTransaction });
    const { rows } = await sql`SELECT a.summary, a.labels ->> 'alias' AS alias,
        ARRAY(SELECT e.event FROM alert_events e WHERE e.alert_id = a.id) AS events
      FROM alerts a WHERE a.definition_slug = 'port'`.execute(database.db);
    expect(rows).toEqual([{ summary: 'uplink is down', alias: 'uplink', events: ['triggered'] }]);
    await sql`DELETE FROM alert_definitions WHERE slug = 'port'`.execute(database.db);
    await rules.refresh();
  });

  it('lets no more instances of a rule and node fire than there may be, counts the others and says so once', async () => {
    const lines: unknown[] = [];
    const one = service({ logger: { warn: (...line: unknown[]) => void lines.push(line), info: () => {} } });
    await tick(20);
    await one.evaluate({ isNew: true, signal, fenced: inTransaction });
    for (const round of [1, 2]) {
      for (let index = 0; index <= FIRING_MAX; index += 1) {
        source.add(node, { __name__: 'disk', path: `${index}` }, { at: clock.now() + 10_000, value: 90 });
      }
      await tick(20);
      await one.evaluate({ isNew: false, signal, fenced: inTransaction });
      expect([round, one.figures.leftOut, (await alerts()).length]).toEqual([round, 1, FIRING_MAX]);
    }
    expect(lines).toEqual([[{ slug: 'disk' }, 'alert rule has too many instances']]);
  });

  it('writes no row of a condition in which nothing changes', async () => {
    const one = service();
    await tick(90);
    await one.evaluate({ isNew: true, signal, fenced: inTransaction });
    const rowOf = async () =>
      (await sql<{ writer: string }>`SELECT xmin::text AS writer FROM alert_states`.execute(database.db))
        .rows[0];
    const before = await rowOf();
    await tick(91);
    await one.evaluate({ isNew: false, signal, fenced: inTransaction });
    expect(await rowOf()).toEqual(before);
  });
});
