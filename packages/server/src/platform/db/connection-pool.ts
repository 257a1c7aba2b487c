import type { Pool, PoolClient, QueryResultRow } from 'pg';

/** A connection that has been in use for longer than this, when others are known to have died, has died too. */
const STUCK_MS = 2000;

interface Stream {
  destroy(): void;
}

/**
 * A pool that can be replaced while it is in use. After a failover or a firewall that has forgotten its connections, each
 * of them would hold a caller until its timeout.
 */
export class ConnectionPool {
  readonly #open: () => Pool;
  readonly #inUse = new Map<PoolClient, number>();
  #pool: Pool;

  constructor(open: () => Pool) {
    this.#open = open;
    this.#pool = this.#watched(open());
  }

  get options() {
    return this.#pool.options;
  }

  get totalCount(): number {
    return this.#pool.totalCount;
  }

  get waitingCount(): number {
    return this.#pool.waitingCount;
  }

  connect(): Promise<PoolClient> {
    return this.#pool.connect();
  }

  query<R extends QueryResultRow = QueryResultRow>(text: string, values?: unknown[]) {
    return this.#pool.query<R>(text, values);
  }

  /** New calls get new connections; what is in use goes on, but for what hangs. */
  renew(): void {
    const old = this.#pool;
    this.#pool = this.#watched(this.#open());
    const now = performance.now();
    for (const [client, since] of this.#inUse) if (now - since > STUCK_MS) streamOf(client).destroy();
    old.end().catch(() => {});
  }

  end(): Promise<void> {
    return this.#pool.end();
  }

  #watched(pool: Pool): Pool {
    // While a connection is lent out nobody listens to it between two statements; unheard, its loss ends the process.
    pool.on('connect', (client) => client.on('error', () => {}));
    pool.on('acquire', (client) => this.#inUse.set(client, performance.now()));
    pool.on('release', (_, client) => this.#inUse.delete(client));
    pool.on('remove', (client) => this.#inUse.delete(client));
    return pool;
  }
}

function streamOf(client: PoolClient): Stream {
  return (client as unknown as { connection: { stream: Stream } }).connection.stream;
}
