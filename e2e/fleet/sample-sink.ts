import { createServer, type IncomingMessage, type Server } from 'node:http';
import { gunzipSync } from 'node:zlib';

export interface KeptShare {
  /** Number of samples of the requested devices; `expected` is the number that there should be. */
  kept: number;
  expected: number;
  /** Number of devices without a missing sample. */
  whole: number;
  devices: number;
}

export interface CountedWindow {
  /** Start of the window, epoch ms; it has whole intervals. */
  from: number;
  to: number;
  intervalMs: number;
  /** Measurements that come every interval. */
  measurements: readonly string[];
}

/** A server in the place of a component's intake that keeps the times of the lines of every series, by node. */
export class SampleSink {
  readonly socketPath: string;
  readonly #server: Server;
  /** Times in epoch ms by node id and series (measurement and tags). */
  readonly #nodes = new Map<string, Map<string, number[]>>();

  constructor(socketPath: string) {
    this.socketPath = socketPath;
    this.#server = createServer((request, response) => {
      void this.#take(request).then(
        () => response.writeHead(204).end(),
        () => response.destroy(),
      );
    });
  }

  start(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(this.socketPath, resolve);
    });
  }

  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  async #take(request: IncomingMessage): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const text = (request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString('utf8');
    for (const line of text.split('\n')) {
      const node = /[, ]node_id=([0-9a-f-]{36})/.exec(line)?.[1];
      if (node !== undefined) this.#note(node, line);
    }
  }

  #note(node: string, line: string): void {
    const name = seriesOf(line);
    const time = Math.round(Number(line.slice(line.lastIndexOf(' ') + 1)) / 1e6);
    let series = this.#nodes.get(node);
    if (!series) this.#nodes.set(node, (series = new Map()));
    const times = series.get(name);
    if (times) times.push(time);
    else series.set(name, [time]);
  }

  /** Counts the series of a node by measurement. */
  shapeOf(node: string): Record<string, number> {
    const shape: Record<string, number> = {};
    for (const name of this.#nodes.get(node)?.keys() ?? []) {
      const measurement = measurementOf(name);
      shape[measurement] = (shape[measurement] ?? 0) + 1;
    }
    return shape;
  }

  /**
   * Counts the samples of devices of one shape between two moments against the expected ones: for every series a sample
   * an interval. A device that gave less series than the others misses those too.
   */
  shareOf(nodes: readonly string[], window: CountedWindow): KeptShare {
    const intervals = Math.floor((window.to - window.from) / window.intervalMs);
    const kept = nodes.map((node) => this.#countOf(node, window));
    const expected = Math.max(0, ...kept.map(({ series }) => series)) * intervals;
    return {
      kept: kept.reduce((sum, { samples }) => sum + samples, 0),
      expected: expected * nodes.length,
      whole: kept.filter(({ samples }) => samples === expected).length,
      devices: nodes.length,
    };
  }

  #countOf(node: string, { from, to, intervalMs, measurements }: CountedWindow) {
    const count = { series: 0, samples: 0 };
    for (const [name, times] of this.#nodes.get(node) ?? []) {
      if (!measurements.includes(measurementOf(name))) continue;
      const inside = times.filter((time) => time >= from && time < to);
      count.series += 1;
      count.samples += new Set(inside.map((time) => Math.floor((time - from) / intervalMs))).size;
    }
    return count;
  }
}

function measurementOf(series: string): string {
  return /^[^,]+/.exec(series)?.[0] ?? '';
}

/** Returns measurement and tags of a line: all up to the first space that is not escaped. */
function seriesOf(line: string): string {
  for (let at = 0; at < line.length; at += 1) {
    if (line[at] === '\\') at += 1;
    else if (line[at] === ' ') return line.slice(0, at);
  }
  return line;
}
