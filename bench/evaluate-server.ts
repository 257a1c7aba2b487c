import { silentLogger } from '@stratora/runtime';
import { type DatabaseConnection, openDatabase } from '../packages/server/src/platform/db/index.ts';
import { Backend, type BenchComponent } from './backend.ts';
import { type CycleCounters, INTERVAL_MS, type RunningEvaluator } from './evaluate-cycles.ts';
import { DEFINITIONS } from './evaluate-definitions.ts';
import { nodeIdOf } from './evaluate-series.ts';

/** Name of the evaluator's loop in the server's own metrics. */
const LOOP = 'evaluation';
/** Look-back for what an expression leaves open: that of the product at this interval. */
export const LOOK_BACK = '30s';
/** Start of the slugs of the definitions of the bench: what the product ships would be evaluated beside them. */
const SLUG = 'bench_';

/** The real server with the nodes and the definitions of the bench; its database counts as its own. */
export class EvaluatingServer implements RunningEvaluator {
  readonly backend: Backend;
  readonly #connection: DatabaseConnection;
  #collector: BenchComponent | undefined;
  #pulls: NodeJS.Timeout | undefined;
  #ended = { cycles: 0, seconds: 0, last: Number.NaN };

  private constructor(backend: Backend) {
    this.backend = backend;
    this.#connection = openDatabase({ url: backend.database.url, logger: silentLogger() });
  }

  /** Starts it with nodes of one collector, which is heard from; no definition is in force. */
  static async start(nodes: number): Promise<EvaluatingServer> {
    const server = new EvaluatingServer(await Backend.start());
    try {
      server.#collector = await server.backend.addCollector('hall', 0);
      await server.#addNodes(server.#collector.id, nodes);
      await server.#addDefinitions();
      await server.enable(false);
      server.#pulls = setInterval(() => void server.#pull(), INTERVAL_MS);
    } catch (error) {
      await server.stop();
      throw error;
    }
    return server;
  }

  get pids(): readonly number[] {
    return [this.backend.pid, this.backend.database.pid];
  }

  /** Puts the definitions of the bench in force, or out of it; those of the product are never. */
  async enable(enabled: boolean): Promise<void> {
    await this.#connection.pool.query('UPDATE alert_definitions SET enabled = $1 AND starts_with(slug, $2)', [
      enabled,
      SLUG,
    ]);
  }

  /** Counts cycles by the duration of the last one, which is another for each. */
  async counters(): Promise<CycleCounters> {
    const text = await (await fetch(`http://127.0.0.1:${this.backend.port}/metrics`)).text();
    const duration = loopValue(text, 'duration_seconds');
    const { last } = this.#ended;
    if (duration !== last) {
      // Before the first cycle it is 0, which is none.
      const isCycle = duration > 0 && !Number.isNaN(last);
      const { cycles, seconds } = this.#ended;
      this.#ended = {
        cycles: cycles + (isCycle ? 1 : 0),
        seconds: seconds + (isCycle ? duration : 0),
        last: duration,
      };
    }
    const { cycles, seconds } = this.#ended;
    return {
      cycles,
      seconds,
      missed: loopValue(text, 'missed_total'),
      series: valueOf(text, 'stratora_evaluation_series'),
    };
  }

  /** Counts the series that the store has for the expressions, each expression once. */
  async countSeries(): Promise<number> {
    let series = 0;
    for (const expr of new Set(DEFINITIONS.map((definition) => definition.expr))) {
      const query = new URLSearchParams({ query: `count(${expr})`, step: LOOK_BACK, nocache: '1' });
      const answer = await fetch(`${this.backend.store.url}/api/v1/query?${query.toString()}`);
      const { data } = (await answer.json()) as { data: { result: { value: [number, string] }[] } };
      series += Number(data.result[0]?.value[1] ?? 0);
    }
    return series;
  }

  /** Counts the alerts of the definitions of the bench that are active. */
  async activeAlerts(): Promise<number> {
    const { rows } = await this.#connection.pool.query<{ active: number }>(
      `SELECT count(*)::int AS active FROM alerts WHERE state = 'active' AND starts_with(definition_slug, $1)`,
      [SLUG],
    );
    return rows[0]?.active ?? 0;
  }

  async stop(): Promise<void> {
    clearInterval(this.#pulls);
    await this.#connection.close();
    await this.backend.stop();
  }

  async #addNodes(collector: string, nodes: number): Promise<void> {
    await this.#connection.pool.query(
      `INSERT INTO nodes (id, name, ip_address, node_type, site_id, template, collector_id)
       SELECT t.id, 'node-' || t.n, '10.66.' || t.n / 250 || '.' || 1 + t.n % 250, 'switch',
         (SELECT s.id FROM sites s WHERE is_default), 'ping', $2
       FROM unnest($1::uuid[]) WITH ORDINALITY AS t(id, n)`,
      [Array.from({ length: nodes }, (_, node) => nodeIdOf(node)), collector],
    );
    await this.#connection.pool.query('ANALYZE');
  }

  async #addDefinitions(): Promise<void> {
    const rows = DEFINITIONS.map((definition, number) => ({ ...definition, slug: `${SLUG}${number}` }));
    await this.#connection.pool.query(
      `INSERT INTO alert_definitions (slug, name, kind, expr, comparison, warning, critical, duration_seconds,
         clear_after_seconds, no_data, seen_good, settle_seconds, enabled)
       SELECT slug, name, kind, expr, comparison, warning, critical, duration_seconds, clear_after_seconds, no_data,
         seen_good, settle_seconds, false
       FROM json_populate_recordset(NULL::alert_definitions, $1)`,
      [JSON.stringify(rows)],
    );
  }

  /** Pulls the collector's config, by which it is heard from: what it says of nodes counts for nothing otherwise. */
  async #pull(): Promise<void> {
    const { id, apiKey } = this.#collector ?? { id: '', apiKey: '' };
    try {
      const answer = await fetch(
        `http://127.0.0.1:${this.backend.port}/api/v1/remote-collectors/${id}/config`,
        { headers: { 'x-api-key': apiKey } },
      );
      await answer.arrayBuffer();
    } catch {
      // The server is down between two phases.
    }
  }
}

function loopValue(text: string, fact: string): number {
  return valueOf(text, `stratora_loop_${fact}{loop="${LOOP}"}`);
}

/** Reads a sample of a Prometheus text. @throws when it is not there */
function valueOf(text: string, series: string): number {
  const line = text.split('\n').find((one) => one.startsWith(`${series} `));
  if (line === undefined) throw new Error(`the server has no metric ${series}`);
  return Number(line.slice(series.length + 1));
}
