import { join } from 'node:path';
import { silentLogger } from '@stratora/runtime';
import { ManualClock, startDatabase, type TestDatabase, VictoriaMetrics } from '@stratora/testkit';
import { createQueryClient, type QueryClient } from '@stratora/victoriametrics';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DatabaseConnection, openDatabase } from '../../platform/db/index.ts';
import { EvaluationService } from '../evaluation/evaluation-service.ts';
import { addPolledNodes } from '../evaluation/polled-nodes.test-support.ts';
import { StoreVectorSource } from '../evaluation/store-vector-source.ts';
import { RuleBook } from '../rules/rule-book.ts';
import { readRuleCases } from '../rules/rule-cases.test-support.ts';
import { writtenOf } from '../rules/shipped-content.ts';
import { ShippedService } from '../rules/shipped-service.ts';
import { BacktestService } from './backtest-service.ts';
import { type RecordedPlant, recordPlant } from './recorded-plant.test-support.ts';

const FOLDER = join(import.meta.dirname, '../../../../../alert-definitions');
const CASES = join(import.meta.dirname, '../rules/testcases');
const STEP_MS = 10_000;
/** Rounds of 19 minutes with a fault of each kind; seven of them are more than two hours. */
const ROUNDS = Number(process.env['STRATORA_TEST_RECORDED_ROUNDS'] ?? 1);
/** Rules of which an alert must have fired, so that the comparison says something. */
const FIRED_MIN = 28;

let database: TestDatabase;
let connection: DatabaseConnection;
let store: VictoriaMetrics;
let query: QueryClient;

beforeAll(async () => {
  [database, store] = await Promise.all([startDatabase(), VictoriaMetrics.start()]);
  connection = openDatabase({ url: database.url, logger: silentLogger() });
  query = createQueryClient({ url: store.url });
});

afterAll(async () => {
  query?.close();
  await connection?.close();
  await store?.stop();
  await database?.stop();
});

const SURROUNDINGS = {
  unreachableSeconds: () => 300,
  settleSeconds: () => 300,
  lookBackSecondsOf: () => 30,
};

test('the back-test of each shipped rule gives the alerts that the evaluator gave live', {
  timeout: 240_000 * ROUNDS,
}, async () => {
  const toMs = Math.floor(Date.now() / STEP_MS) * STEP_MS - 60_000;
  const plant = recordPlant(await readRuleCases(CASES), toMs, ROUNDS);
  const imported = await fetch(`${store.url}/api/v1/import`, {
    method: 'POST',
    body: plant.lines.join('\n'),
  });
  expect(imported.status).toBe(204);
  await store.flush();
  const rules = await prepareRules(plant);
  const live = await judgeLive(plant, rules);
  const differing: string[] = [];
  const fired = new Set<string>();
  for (const rule of rules.current.rules) {
    if (rule.expr === null || !rule.enabled) continue;
    const past = await backtest(rule.id, rules, plant);
    const own = live.get(rule.slug) ?? [];
    if (own.length > 0) fired.add(rule.slug);
    if (own.join('\n') !== past.join('\n')) {
      differing.push(`${rule.slug}: live ${own.join('; ')}, back-test ${past.join('; ')}`);
    }
  }
  const alerts = [...live.values()].reduce((sum, own) => sum + own.length, 0);
  const minutes = (plant.toMs - plant.fromMs) / 60_000;
  process.stdout.write(`${alerts} alerts of ${fired.size} rules in ${minutes} minutes\n`);
  expect(differing).toEqual([]);
  expect(fired.size, [...fired].join(' ')).toBeGreaterThanOrEqual(FIRED_MIN);
});

/** Installs what the product ships, all of it switched on, and a collector that polls the nodes. */
async function prepareRules({ nodes }: RecordedPlant): Promise<RuleBook> {
  const { db, pool } = connection;
  const logger = silentLogger();
  await new ShippedService({ db, logger, folder: FOLDER, version: '0.1.0' }).install();
  await pool.query('UPDATE alert_definitions SET enabled = true');
  await addPolledNodes(
    db,
    nodes.map(({ id }) => id),
  );
  await pool.query(`UPDATE node_states SET status = 'healthy'`);
  const rules = new RuleBook({ db, logger });
  await rules.readStale();
  expect(rules.current.faults).toEqual([]);
  return rules;
}

/** Runs the evaluator's own cycles over the past. @returns the alerts by slug, one line each */
async function judgeLive({ fromMs, toMs }: RecordedPlant, rules: RuleBook): Promise<Map<string, string[]>> {
  const { db, pool } = connection;
  const clock = new ManualClock(fromMs);
  const service = new EvaluationService({
    logger: silentLogger(),
    ...SURROUNDINGS,
    db,
    clock,
    rules: () => rules.current,
    source: new StoreVectorSource({ query, clock }),
    storeFault: async () => undefined,
    tellingWays: async () => [],
    isAgentTemplate: () => false,
    reads: () => false,
  });
  const seen = new Map<string, LiveAlert>();
  for (let atMs = fromMs; atMs <= toMs; atMs += STEP_MS) {
    await pool.query('UPDATE component_states SET last_seen_at = $1', [new Date(atMs)]);
    await service.evaluate({
      isNew: atMs === fromMs,
      signal: new AbortController().signal,
      fenced: (work) => db.transaction().execute(work),
    });
    const { rows } = await pool.query<LiveRow>(
      `SELECT id, definition_slug AS slug, node_id, instance, severity, state FROM alerts WHERE node_id IS NOT NULL`,
    );
    for (const row of rows) noteLive(seen, row, atMs);
    await clock.advance(STEP_MS);
  }
  const lines = [...seen.values()].map((alert) => [alert.slug, lineOf(alert)] as const);
  return new Map(
    [...Map.groupBy(lines, ([slug]) => slug)].map(([slug, own]) => [
      slug,
      own.map(([, line]) => line).sort(),
    ]),
  );
}

interface LiveRow {
  id: string;
  slug: string;
  node_id: string;
  instance: string;
  severity: string;
  state: string;
}

interface LiveAlert {
  slug: string;
  nodeId: string;
  instance: string;
  severity: string;
  fromMs: number;
  toMs: number | undefined;
}

function noteLive(seen: Map<string, LiveAlert>, row: LiveRow, atMs: number): void {
  const { id, slug, node_id: nodeId, instance, severity, state } = row;
  const alert = seen.get(id);
  if (alert === undefined) {
    seen.set(id, { slug, nodeId, instance, severity, fromMs: atMs, toMs: undefined });
    return;
  }
  if (state === 'resolved') alert.toMs ??= atMs;
  else if (severity === 'critical') alert.severity = severity;
}

function lineOf({ nodeId, instance, severity, fromMs, toMs }: Omit<LiveAlert, 'slug'>): string {
  const time = (ms: number | undefined) => (ms === undefined ? '' : new Date(ms).toISOString().slice(11, 19));
  return `${nodeId.slice(-2)} ${instance} ${severity} ${time(fromMs)}-${time(toMs)}`;
}

async function backtest(id: string, rules: RuleBook, { fromMs, toMs }: RecordedPlant): Promise<string[]> {
  const rule = rules.current.rules.find((one) => one.id === id);
  if (rule === undefined) throw new Error(`no rule ${id}`);
  const service = new BacktestService({
    ...SURROUNDINGS,
    db: connection.db,
    query,
    clock: new ManualClock(toMs),
    rules: () => rules.current,
  });
  const answer = await service.backtest(
    { definition: writtenOf(rule), id, hours: (toMs - fromMs) / 3_600_000 },
    { caller: 'anna', signal: new AbortController().signal },
  );
  expect(answer).toMatchObject({ complete: true, step_seconds: 10, from: new Date(fromMs).toISOString() });
  return answer.alerts
    .map((alert) =>
      lineOf({
        nodeId: alert.node_id,
        instance: alert.instance,
        severity: alert.severity,
        fromMs: Date.parse(alert.from),
        toMs: alert.to === null ? undefined : Date.parse(alert.to),
      }),
    )
    .sort();
}
