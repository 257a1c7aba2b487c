import { createSecureContext } from 'node:tls';
import { mintApiKey } from '../packages/server/src/components/component-keys/index.ts';
import { bytesOf, HttpConnection } from './http-connection.ts';

export interface FloodOrder {
  port: number;
  /** Source addresses, used in turn. */
  from: readonly string[];
  perSecond: number;
  seconds: number;
  /** Keys that were proved before: a wrong secret with their id is compared by an HMAC. */
  proved: readonly string[];
  /** Keys that nobody has used yet: a wrong secret with their id would need bcrypt. */
  unused: readonly string[];
  /** PEM of the authority to trust, where the port speaks TLS. */
  authority?: string;
}

export interface FloodFigures {
  sent: number;
  /** Number of requests not sent, because all connections of their address waited for an answer. */
  heldBack: number;
  statuses: Record<string, number>;
}

/** Number of kinds of wrong keys. */
const KINDS = 4;
const MAX_CONNECTIONS_PER_ADDRESS = 200;
const TIMEOUT_MS = 120_000;

/** Sends wrong keys, by kinds in turn: ids that do not exist, texts that are no key, and the two kinds above. */
export async function flood(order: FloodOrder): Promise<FloodFigures> {
  const attackers = attackersOf(order);
  const statuses: Record<string, number> = {};
  const running = new Set<Promise<void>>();
  const startedAt = performance.now();
  const count = order.perSecond * order.seconds;
  let sent = 0;
  for (let index = 0; index < count; index += 1) {
    await until(startedAt + (index * 1000) / order.perSecond);
    // Every address sends all kinds.
    const attacker = attackers[Math.floor(index / KINDS) % attackers.length];
    const connection = attacker?.take();
    if (!attacker || !connection) continue;
    sent += 1;
    const key = wrongKey(order, index);
    const request = bytesOf('POST /api/v1/ingest/influx', { 'x-api-key': key }, Buffer.from('x'));
    const call = connection
      .send(request)
      .then(
        ({ status }) => String(status),
        () => 'none',
      )
      .then((status) => {
        statuses[status] = (statuses[status] ?? 0) + 1;
        attacker.giveBack(connection);
        running.delete(call);
      });
    running.add(call);
  }
  await Promise.all(running);
  for (const attacker of attackers) attacker.close();
  return { sent, heldBack: count - sent, statuses };
}

async function until(dueAt: number): Promise<void> {
  while (performance.now() < dueAt) {
    await new Promise((resolve) => {
      setTimeout(resolve, 1);
    });
  }
}

interface Attacker {
  take(): HttpConnection | undefined;
  giveBack(connection: HttpConnection): void;
  close(): void;
}

function attackersOf({ port, from, authority }: FloodOrder): Attacker[] {
  const tls = authority === undefined ? undefined : createSecureContext({ ca: authority });
  return from.map((address) => {
    const idle: HttpConnection[] = [];
    let open = 0;
    return {
      take() {
        if (idle.length > 0 || open >= MAX_CONNECTIONS_PER_ADDRESS) return idle.pop();
        open += 1;
        return new HttpConnection({ port, from: address, timeoutMs: TIMEOUT_MS, tls });
      },
      giveBack: (connection) => idle.push(connection),
      close() {
        for (const connection of idle) connection.close();
      },
    };
  });
}

function wrongKey({ proved, unused, from }: FloodOrder, index: number): string {
  // Every address tries every one of these ids.
  const turn = Math.floor(index / (KINDS * from.length));
  const spoil = (key = mintApiKey()) => key.slice(0, 19) + mintApiKey().slice(19);
  switch (index % KINDS) {
    case 0:
      return mintApiKey();
    case 1:
      return `sk_stra_${'-'.repeat(index % 90)}`;
    case 2:
      return spoil(proved[turn % proved.length]);
    default:
      return spoil(unused[turn % unused.length]);
  }
}
