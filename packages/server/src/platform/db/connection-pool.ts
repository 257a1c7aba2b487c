import type { Pool, PoolClient, QueryResultRow } from 'pg';

/** Milliseconds of use after which a connection counts as dead, when others are known to have died. */
const STUCK_MS = 2000;
/** Milliseconds that a connection in use has left then: one whose question was just asked may be dead as well. */
const LAST_MS = 1000;

interface Stream {
  destroy(): void;
}

/**
 * A pool of connections that can be replaced while it is in use. After a failover or a firewall that has forgotten its
 * connections, each of them would hold a caller until its timeout.
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

  /** Replaces the connections: new calls get new ones; those in use end what they are at, but for those that hang. */
  renew(): void {
    const old = this.#pool;
    this.#pool = this.#watched(this.#open());
    const now = performance.now();
    for (const [client, since] of this.#inUse) {
      if (now - since > STUCK_MS) streamOf(client).destroy();
      else setTimeout(() => this.#endIfStuck(client, since), LAST_MS).unref();
    }
    old.end().catch(() => {});
  }

  end(): Promise<void> {
    return this.#pool.end();
  }

  #endIfStuck(client: PoolClient, since: number): void {
    if (this.#inUse.get(client) === since) streamOf(client).destroy();
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
