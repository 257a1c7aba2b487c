import { silentLogger } from '@stratora/runtime';
import {
  type ExportedSeries,
  type FiringTime,
  findVmAlert,
  firingTimes,
  ManualClock,
  replayRules,
  rulesOf,
  seededRandom,
  startDatabase,
  type TestDatabase,
  VictoriaMetrics,
} from '@stratora/testkit';
import { createQueryClient, createWriteClient } from '@stratora/victoriametrics';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DatabaseConnection, openDatabase } from '../../platform/db/index.ts';
import { readExpression, withLookBack } from '../expressions/index.ts';
import { RuleBook } from '../rules/rule-book.ts';
import { FLAPPING_CHANGES, FLAPPING_WINDOW_MS } from './condition-machine.ts';
import { EvaluationService } from './evaluation-service.ts';
import { addPolledNodes } from './polled-nodes.test-support.ts';
import { StoreVectorSource } from './store-vector-source.ts';
import { type PlantRule, type RandomPlant, randomPlant, STEP_MS } from './vmalert-plant.test-support.ts';

// The same rules over the same past, by vmalert and by our evaluator: both fire in the same cycles. What we do otherwise
// on purpose is left out of the plant, or told apart:
// - an alert resolves after confirmed good data (`clear_after_seconds`), vmalert's at once: 0 here;
// - a series that is gone holds its alert, vmalert's resolves: every series has a sample in every look-back;
// - what is new or was moved settles first: a settling time of 0 here, and samples before the first evaluation;
// - the store's own look-back differs between an instant and a range: both get expressions that say theirs;
// - warning and critical are one alert whose severity moves, two rules of vmalert: one threshold here;
// - an alert that comes and goes too often stays active as one, vmalert fires each time: those have a test of their own.

const LOOK_BACK_SECONDS = 30;
/** Pairs of a series and a rule that must be left to compare. */
const COMPARED = 200;
const vmalert = findVmAlert();

let database: TestDatabase;
let connection: DatabaseConnection;
let store: VictoriaMetrics;

beforeAll(async () => {
  if (vmalert === undefined) return;
  [database, store] = await Promise.all([startDatabase(), VictoriaMetrics.start()]);
  connection = openDatabase({ url: database.url, logger: silentLogger() });
});

afterAll(async () => {
  await connection?.close();
  await store?.stop();
  await database?.stop();
});

/** Times in which an alert fired, by rule, node and instance. */
type Firing = ReadonlyMap<string, readonly FiringTime[]>;

test.skipIf(vmalert === undefined)(
  'fires in the same cycles as vmalert for 200 random series and rules (skipped where vmalert is not there)',
  { timeout: 240_000 },
  async () => {
    const { random, seed } = seededRandom();
    const plant = randomPlant(random, Date.now());
    const writer = createWriteClient({ url: store.url });
    expect(await writer.write(Buffer.from(plant.lines), 'ms')).toMatchObject({ ok: true });
    writer.close();
    await store.flush();
    const theirs = await firingByVmAlert(plant);
    const ours = await firingByUs(plant);
    const keys = [...new Set([...theirs.keys(), ...ours.keys()])];
    const restless = keys.filter((key) => isRestless(theirs.get(key) ?? []));
    const differing = keys
      .filter((key) => !restless.includes(key))
      .filter((key) => textOf(theirs.get(key)) !== textOf(ours.get(key)))
      .map((key) => `${key}: vmalert ${textOf(theirs.get(key))}, ours ${textOf(ours.get(key))}`);
    expect(differing, `seed ${seed}`).toEqual([]);
    expect(countPairs(plant) - restless.length, `seed ${seed}`).toBeGreaterThanOrEqual(COMPARED);
    expect(keys.length - restless.length, `seed ${seed}: alerts that fired`).toBeGreaterThan(COMPARED / 4);
    for (const key of restless) {
      expect(missedBy(theirs.get(key) ?? [], ours.get(key) ?? []), `seed ${seed}, ${key}`).toEqual([]);
    }
  },
);

/** Number of pairs of a rule and a series that it judges. */
function countPairs({ rules }: RandomPlant): number {
  return rules.reduce((pairs, { series }) => pairs + series, 0);
}

async function firingByVmAlert(plant: RandomPlant): Promise<Firing> {
  const rules = plant.rules.flatMap(({ definition }) =>
    rulesOf({ ...definition, expr: said(definition.expr) }),
  );
  await replayRules({
    binary: vmalert ?? '',
    storeUrl: store.url,
    group: { rules, intervalSeconds: STEP_MS / 1_000, concurrency: 1 },
    fromMs: plant.fromMs,
    toMs: plant.toMs,
  });
  const found = await store.export('ALERTS{alertstate="firing"}');
  return new Map(found.map((series) => [keyOf(series), firingTimes(series, STEP_MS)]));
}

/** An expression with the look-back that the evaluator adds. */
function said(text: string): string {
  const read = readExpression(text);
  if (!read.ok) throw new Error(`${text}: ${JSON.stringify(read.faults)}`);
  return withLookBack(read.expression, LOOK_BACK_SECONDS * 1_000);
}

function keyOf({ metric }: ExportedSeries): string {
  const rule = metric['alertname']?.replace(/ critical$/, '') ?? '';
  return [rule, metric['node_id'], metric['part'] ?? ''].join(' ');
}

/** Runs the evaluator's own cycle at each step, and notes which alerts are active after it. */
async function firingByUs(plant: RandomPlant): Promise<Firing> {
  const { db, pool } = connection;
  await insertPlant(plant);
  const clock = new ManualClock(plant.fromMs);
  const rules = new RuleBook({ db, logger: silentLogger() });
  await rules.readStale();
  const query = createQueryClient({ url: store.url });
  const service = new EvaluationService({
    db,
    clock,
    logger: silentLogger(),
    rules: () => rules.current,
    source: new StoreVectorSource({ query, clock }),
    storeFault: async () => undefined,
    unreachableSeconds: () => 60,
    settleSeconds: () => 0,
    tellingWays: async () => [],
    isAgentTemplate: () => false,
    reads: () => false,
    lookBackSecondsOf: () => LOOK_BACK_SECONDS,
  });
  const active = new Map<string, ExportedSeries>();
  for (let atMs = plant.fromMs; atMs <= plant.toMs; atMs += STEP_MS) {
    await pool.query('UPDATE component_states SET last_seen_at = $1', [new Date(atMs)]);
    await service.evaluate({
      isNew: atMs === plant.fromMs,
      signal: new AbortController().signal,
      fenced: (work) => db.transaction().execute(work),
    });
    const { rows } = await pool.query<{ name: string; node_id: string; instance: string }>(
      `SELECT definition_name AS name, node_id, instance FROM alerts WHERE state = 'active'`,
    );
    for (const { name, node_id: nodeId, instance } of rows) {
      const key = [name, nodeId, instance].join(' ');
      const series = active.get(key) ?? { metric: {}, values: [], timestamps: [] };
      series.timestamps.push(atMs);
      active.set(key, series);
    }
    await clock.advance(STEP_MS);
  }
  query.close();
  return new Map([...active].map(([key, series]) => [key, firingTimes(series, STEP_MS)]));
}

async function insertPlant({ rules, nodeIds }: RandomPlant): Promise<void> {
  const { db, pool } = connection;
  await addPolledNodes(db, nodeIds);
  await pool.query('DELETE FROM alert_definitions');
  for (const { definition } of rules) await insertRule(definition);
}

async function insertRule(definition: PlantRule['definition']): Promise<void> {
  const { name, expr, comparison, critical, duration_seconds: seconds } = definition;
  await connection.pool.query(
    `INSERT INTO alert_definitions (slug, name, kind, expr, comparison, critical, duration_seconds, clear_after_seconds,
       no_data, seen_good, settle_seconds, enabled)
     VALUES (replace($1, ' ', '_'), $1, 'metric', $2, $3, $4, $5, 0, 'hold', false, 0, true)`,
    [name, expr, comparison, critical, seconds],
  );
}

/** Whether an alert comes and goes so often that ours stays active. */
function isRestless(times: readonly FiringTime[]): boolean {
  const changes = times.flatMap(({ fromMs, toMs }) => [fromMs, toMs]);
  return changes.some((at, index) => {
    const later = changes[index + FLAPPING_CHANGES - 1];
    return later !== undefined && later - at < FLAPPING_WINDOW_MS;
  });
}

/** Times of one in which the other did not fire at all. */
function missedBy(times: readonly FiringTime[], other: readonly FiringTime[]): FiringTime[] {
  return times.filter(
    (time) => !other.some(({ fromMs, toMs }) => fromMs <= time.fromMs && time.toMs <= toMs),
  );
}

function textOf(times: readonly FiringTime[] | undefined): string {
  const second = (ms: number): string => new Date(ms).toISOString().slice(11, 19);
  return (times ?? []).map(({ fromMs, toMs }) => `${second(fromMs)}-${second(toMs)}`).join(' ') || 'never';
}
