import { silentLogger } from '@stratora/runtime';
import { FakeMetricStore, startDatabase, type TestDatabase, type VectorItem } from '@stratora/testkit';
import { type DatabaseConnection, openDatabase } from '../../packages/server/src/platform/db/index.ts';

const NODES = 10;
/** Alerts of one wave. */
export const WAVE = 500;
/** Milliseconds for which a wave is bad; a change of the leader and a cycle fit in it. */
const WAVE_MS = 40_000;
/** Key of the lock on which a server waits in the middle of its transaction. */
const PAUSE = 4711;

/** What the evaluator alone writes. Alerts are changed by their upkeep too, which another server may lead. */
const WATCHED = [
  ['evaluator_state', 'INSERT OR UPDATE OR DELETE'],
  ['alert_states', 'INSERT OR UPDATE OR DELETE'],
  ['alerts', 'INSERT'],
  ['alert_events', 'INSERT'],
] as const;

/** Notes who writes what the evaluator alone writes, and under which term of its lease; and lets a server wait meanwhile. */
const WATCH = `
  CREATE TABLE watched_writes (
    id bigserial, at timestamptz DEFAULT clock_timestamp(), server text, relation text, epoch bigint);
  CREATE TABLE paused_servers (server text);
  CREATE FUNCTION watch_write() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO watched_writes (server, relation, epoch)
    SELECT current_setting('application_name'), TG_TABLE_NAME, epoch FROM leases WHERE name = 'evaluation';
    IF EXISTS (SELECT FROM paused_servers WHERE server = current_setting('application_name')) THEN
      PERFORM pg_advisory_xact_lock(${PAUSE});
    END IF;
    RETURN NULL;
  END $$;
  ${WATCHED.map(
    ([table, kinds]) => `CREATE TRIGGER watch AFTER ${kinds} ON ${table}
      FOR EACH STATEMENT EXECUTE FUNCTION watch_write();`,
  ).join('\n')}`;

/** A database and a metric store in which 500 alerts begin every 40 s, and those before them end. */
export class AlertStorm {
  readonly database: TestDatabase;
  readonly store = new FakeMetricStore();
  readonly #connection: DatabaseConnection;
  readonly #begunAt = Date.now();
  #nodes: string[] = [];
  #heartbeat: NodeJS.Timeout | undefined;
  #lastWave: number | undefined;

  private constructor(database: TestDatabase) {
    this.database = database;
    this.#connection = openDatabase({ url: database.url, logger: silentLogger() });
  }

  static async start(): Promise<AlertStorm> {
    const storm = new AlertStorm(await startDatabase());
    try {
      await storm.store.start();
      await storm.#prepare();
    } catch (error) {
      await storm.stop();
      throw error;
    }
    return storm;
  }

  async stop(): Promise<void> {
    clearInterval(this.#heartbeat);
    await this.#connection.close();
    await this.store.stop();
    await this.database.stop();
  }

  async query<R extends Record<string, unknown>>(text: string, values: unknown[] = []): Promise<R[]> {
    return (await this.#connection.pool.query<R>(text, values)).rows;
  }

  /** Lets no wave follow the one that is bad now. @returns the number of all waves */
  end(): number {
    this.#lastWave = this.#wave;
    return this.#lastWave + 1;
  }

  /** Lets all that is bad be good. */
  calm(): void {
    this.#lastWave = -1;
  }

  /** Lets a server wait in the middle of its next transaction. @returns what ends its wait, once it waits */
  async pause(server: string, hasWaiter: (probe: () => Promise<boolean>) => Promise<unknown>) {
    const holder = await this.#connection.pool.connect();
    await holder.query('SELECT pg_advisory_lock($1)', [PAUSE]);
    await this.query('INSERT INTO paused_servers VALUES ($1)', [server]);
    await hasWaiter(async () => {
      const waiting = await this.query("SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted");
      return waiting.length > 0;
    });
    return async () => {
      await this.query('DELETE FROM paused_servers');
      await holder.query('SELECT pg_advisory_unlock($1)', [PAUSE]);
      holder.release();
    };
  }

  get #wave(): number {
    return Math.floor((Date.now() - this.#begunAt) / WAVE_MS);
  }

  async #prepare(): Promise<void> {
    await this.query(WATCH);
    await this.query(`
      INSERT INTO alert_definitions (slug, name, kind, expr, comparison, warning, duration_seconds, clear_after_seconds,
        instance_labels, no_data, seen_good, settle_seconds, enabled)
      VALUES ('storm', 'Storm', 'metric', 'storm', '>', 0, 0, 10, '{alarm}', 'hold', false, 0, true)`);
    this.#nodes = (
      await this.query<{ id: string }>(`
        WITH collector AS (
          INSERT INTO remote_components (component_type, name, hostname, version, os, arch, approval)
          VALUES ('collector', 'hall', 'hall', '1', 'linux', 'x64', 'approved') RETURNING id)
        INSERT INTO nodes (name, ip_address, node_type, site_id, template, collector_id)
        SELECT 'n' || i, '10.0.0.1', 'server', s.id, 'ping', c.id
        FROM generate_series(1, ${NODES}) AS i, sites s, collector c WHERE s.is_default
        RETURNING id`)
    ).map(({ id }) => id);
    await this.query(`INSERT INTO component_states (component_id) SELECT id FROM remote_components
      ON CONFLICT DO NOTHING`);
    await this.query("UPDATE node_states SET status = 'healthy'");
    await this.#beat();
    this.#heartbeat = setInterval(() => void this.#beat().catch(() => {}), 1000);
    this.store.vectorOf = (query) => (query.includes('storm') ? this.#series() : []);
  }

  /** Lets the collector and the nodes be heard. */
  async #beat(): Promise<void> {
    for (const id of this.#nodes) this.store.evidence.set(id, Date.now());
    await this.query('UPDATE component_states SET last_seen_at = now()');
  }

  #series(): VectorItem[] {
    const now = this.#wave;
    const last = Math.min(now, this.#lastWave ?? now);
    const items: VectorItem[] = [];
    for (let wave = 0; wave <= now; wave += 1) {
      for (let index = 0; index < WAVE; index += 1) {
        const metric = { node_id: this.#nodes[index % NODES] ?? '', alarm: `${wave}-${index}` };
        items.push({ metric: { __name__: 'storm', ...metric }, value: wave === last ? 1 : 0 });
      }
    }
    return items;
  }
}
