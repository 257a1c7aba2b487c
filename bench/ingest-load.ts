import { connect, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { encodeSeries, LineWriter } from '@stratora/lineprotocol';

/** Lines of a node, the interfaces of a switch: 5.7 values a line on average. */
const LINES_PER_NODE = 24;
export const SAMPLES_PER_LINE = 5.7;

/**
 * Builds a collector's lines of one moment; every tenth of them has seven values more in ten lines, so 5.7 on average.
 */
export function largeBody(nodeIds: readonly string[], lines: number, timeMs: number): Buffer {
  const writer = new LineWriter(lines * 400);
  for (let index = 0; index < lines; index += 1) {
    const node = Math.floor(index / LINES_PER_NODE) % nodeIds.length;
    const port = index % LINES_PER_NODE;
    writer.startEncoded(seriesOf(nodeIds[node] ?? '', port));
    writer
      .integer('ifHCInOctets', 1_234_567_890_123 + timeMs * port)
      .integer('ifHCOutOctets', 987_654_321 + timeMs);
    writer.integer('ifHCInUcastPkts', 123_456 + index).integer('ifHCOutUcastPkts', 654_321 + index);
    writer.integer('ifOperStatus', 1);
    if (index % 10 < 7) writer.float('utilization', (index % 997) / 10);
    writer.end(timeMs);
  }
  return writer.take();
}

const encoded = new Map<string, Buffer>();
const names = new Map<string, string>();

/** Notes what a node is called, which its samples say too. */
export function nameNode(nodeId: string, name: string): void {
  names.set(nodeId, name);
}

function seriesOf(nodeId: string, port: number): Buffer {
  const key = `${nodeId} ${port}`;
  let series = encoded.get(key);
  if (!series) {
    series = encodeSeries('interface', {
      ifDescr: `GigabitEthernet1/0/${port}`,
      ifIndex: String(10_101 + port),
      ifName: `Gi1/0/${port}`,
      node_id: nodeId,
      node_name: names.get(nodeId) ?? `switch-${nodeId.slice(-4)}`,
    });
    encoded.set(key, series);
  }
  return series;
}

/** Builds six lines of an agent, compressed like an agent's. */
export function smallBody(nodeId: string, timeMs: number): Buffer {
  return gzipSync(largeBody([nodeId], 6, timeMs), { level: 1 });
}

/** The destination of a body. */
export interface LoadTarget {
  port: number;
  path: string;
  headers?: Readonly<Record<string, string>>;
}

/** Encodes a whole request as bytes, so that sending costs next to nothing beside what is measured. */
export function requestOf(target: LoadTarget, body: Buffer, isPacked: boolean): Buffer {
  const headers = { host: '127.0.0.1', 'content-type': 'text/plain', ...target.headers };
  const head = [
    `POST ${target.path} HTTP/1.1`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ...(isPacked ? ['content-encoding: gzip'] : []),
    `content-length: ${body.length}`,
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body]);
}

/**
 * A keep-alive connection with one request at a time; any status but the expected one is an error. For answers without
 * a body.
 */
export class LoadConnection {
  readonly #socket: Socket;
  #answer: { resolve: () => void; reject: (error: Error) => void } | undefined;
  #received = '';
  readonly #expected: string;

  private constructor(socket: Socket, status: number) {
    this.#expected = `HTTP/1.1 ${status}`;
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.setEncoding('latin1');
    socket.on('data', (text: string) => this.#onData(text));
    socket.on('error', (error) => this.#fail(error));
    socket.on('close', () => this.#fail(new Error('the connection was closed')));
  }

  static open(port: number, status = 204): Promise<LoadConnection> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('error', reject);
      socket.once('connect', () => resolve(new LoadConnection(socket, status)));
    });
  }

  send(request: Buffer): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#answer = { resolve, reject };
      this.#socket.write(request);
    });
  }

  close(): void {
    this.#answer = undefined;
    this.#socket.destroy();
  }

  #onData(text: string): void {
    this.#received += text;
    if (!this.#received.includes('\r\n\r\n')) return;
    if (!this.#received.startsWith(this.#expected)) {
      this.#fail(new Error(`answered: ${this.#received.slice(0, 300)}`));
      return;
    }
    this.#received = '';
    const answer = this.#answer;
    this.#answer = undefined;
    answer?.resolve();
  }

  #fail(error: Error): void {
    this.#answer?.reject(error);
    this.#answer = undefined;
  }
}

/** Sends all requests over `width` connections as fast as they are answered; returns the seconds it took. */
export async function sendAll(port: number, requests: readonly Buffer[], width: number): Promise<number> {
  const connections = await openMany(port, width);
  const startedAt = performance.now();
  let next = 0;
  await Promise.all(
    connections.map(async (connection) => {
      for (let request = requests[next++]; request; request = requests[next++])
        await connection.send(request);
    }),
  );
  const seconds = (performance.now() - startedAt) / 1_000;
  for (const connection of connections) connection.close();
  return seconds;
}

/**
 * Sends requests at a fixed rate, whether or not earlier ones were answered, over as many connections as that takes.
 * @returns the latency of each from the moment it was due, in milliseconds
 */
export async function sendAtRate(
  port: number,
  requests: readonly Buffer[],
  perSecond: number,
): Promise<number[]> {
  const idle = await openMany(port, 32);
  const all = [...idle];
  const latencies: number[] = [];
  const running: Promise<void>[] = [];
  const startedAt = performance.now();
  for (const [index, request] of requests.entries()) {
    const dueAt = startedAt + (index * 1_000) / perSecond;
    while (performance.now() < dueAt) {
      await new Promise((resolve) => {
        setTimeout(resolve, 1);
      });
    }
    let connection = idle.pop();
    if (!connection) {
      connection = await LoadConnection.open(port);
      all.push(connection);
    }
    const used = connection;
    const finish = async () => {
      await used.send(request);
      latencies.push(performance.now() - dueAt);
      idle.push(used);
    };
    running.push(finish());
  }
  await Promise.all(running);
  for (const connection of all) connection.close();
  return latencies;
}

function openMany(port: number, count: number): Promise<LoadConnection[]> {
  return Promise.all(Array.from({ length: count }, () => LoadConnection.open(port)));
}
