import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { createHttpClient, type HttpClient } from '@stratora/runtime';

export interface NumberedLoadOptions {
  /** The component's intake socket. */
  socketPath: string;
  /** First part of the names of its metrics, unique among loads. */
  name: string;
  /** Nodes of that component; lines are assigned to them in turn. */
  nodeIds: readonly string[];
  /** Number of lines of a cycle; each has ten samples, as an interface has. */
  lines: number;
  /** Number of lines, the first ones, that are named `marked_NAME_...` to be found on the wire; 0 by default. */
  marked?: number;
}

export interface LoadVerdict {
  /** Number of samples that the component took. */
  taken: number;
  missing: number;
  /** Number of samples that are stored more than once. */
  duplicates: number;
  /** Number of samples that are stored with another value than sent, or never sent. */
  foreign: number;
}

export const SAMPLES_PER_LINE = 10;
const FIELDS = [
  'ifHCInOctets',
  'ifHCOutOctets',
  'ifHCInUcastPkts',
  'ifHCOutUcastPkts',
  'ifInErrors',
  'ifOutErrors',
  'ifInDiscards',
  'ifOutDiscards',
  'ifOperStatus',
  'ifHighSpeed',
] as const;
/** Growth per cycle of each field; 0 makes a gauge that never moves. */
const RATES = [12_500_000, 7_500_000, 18_000, 11_000, 1, 1, 3, 2, 0, 0] as const;
const LINES_PER_WRITE = 1000;

/**
 * Interface counters of a plant, handed to a component as an engine would, again and again until it takes them. Every
 * value is a function of cycle, line and field, so the judge needs no record of its own but the times of the cycles.
 */
export class NumberedLoad {
  readonly #options: NumberedLoadOptions;
  readonly #client: HttpClient;
  readonly #heads: string[];
  /** Time of each cycle that was taken whole, epoch ms, by its number. */
  readonly #times = new Map<number, number>();
  #stopped = false;
  /** Number of writes that were refused or not answered, and sent again. */
  retries = 0;

  constructor(options: NumberedLoadOptions) {
    this.#options = options;
    this.#client = createHttpClient({ socketPath: options.socketPath, timeoutMs: 20_000 });
    this.#heads = Array.from({ length: options.lines }, (_, line) => headOf(options, line));
  }

  /** Counts the cycles before a moment that were taken whole. */
  cyclesBefore(time: number): number {
    return [...this.#times.values()].filter((at) => at < time).length;
  }

  get taken(): number {
    return this.#times.size * this.#options.lines * SAMPLES_PER_LINE;
  }

  /** Stops the load; what is not taken yet is given up. */
  stop(): void {
    this.#stopped = true;
  }

  close(): void {
    this.#stopped = true;
    this.#client.close();
  }

  /** Hands over one cycle; false when it was stopped before all of it was taken. */
  async deliver(cycle: number, timeMs: number): Promise<boolean> {
    for (let from = 0; from < this.#heads.length; from += LINES_PER_WRITE) {
      const body = this.#write(cycle, timeMs, from);
      if (!(await this.#post(body))) return false;
    }
    this.#times.set(cycle, timeMs);
    return true;
  }

  /** Hands over a cycle a second, on the second, until it is stopped. A cycle that is late keeps its time. */
  async run(): Promise<void> {
    let timeMs = Math.ceil(Date.now() / 1000) * 1000;
    for (let cycle = 0; !this.#stopped; cycle += 1) {
      await pause(timeMs - Date.now());
      if (!(await this.deliver(cycle, timeMs))) return;
      timeMs += 1000;
    }
  }

  /** Reads all samples back from the store at `storeUrl` and compares. */
  async verdict(storeUrl: string): Promise<LoadVerdict> {
    const end = Math.ceil(Date.now() / 1000) + 86_400;
    const match = encodeURIComponent(`{__name__=~"(marked_)?${this.#options.name}_.+"}`);
    await fetch(`${storeUrl}/internal/force_flush`);
    const answer = await fetch(`${storeUrl}/api/v1/export?match[]=${match}&start=0&end=${end}`);
    if (!answer.ok || !answer.body) throw new Error(`the export answered ${answer.status}`);
    const verdict = { taken: this.taken, missing: this.taken, duplicates: 0, foreign: 0 };
    const cycleAt = new Map([...this.#times].map(([cycle, time]) => [time, cycle]));
    const text = Readable.fromWeb(answer.body as ReadableStream<Uint8Array>);
    for await (const line of createInterface({ input: text, crlfDelay: Number.POSITIVE_INFINITY })) {
      if (line !== '') this.#judge(JSON.parse(line) as ExportLine, cycleAt, verdict);
    }
    return verdict;
  }

  /** Compares one piece of a series; a series may come in several, which do not overlap. */
  #judge(series: ExportLine, cycleAt: ReadonlyMap<number, number>, verdict: LoadVerdict): void {
    const line = Number(series.metric['line']);
    const field = FIELDS.findIndex((name) => series.metric['__name__']?.endsWith(`_${name}`));
    let last = Number.NEGATIVE_INFINITY;
    for (const [at, time] of series.timestamps.entries()) {
      const cycle = cycleAt.get(time);
      if (time === last) verdict.duplicates += 1;
      // Cycles that were given up half way do not count.
      else if (cycle !== undefined) {
        verdict.missing -= 1;
        if (series.values[at] !== valueOf(cycle, line, field)) verdict.foreign += 1;
      }
      last = time;
    }
  }

  #write(cycle: number, timeMs: number, from: number): string {
    const end = Math.min(from + LINES_PER_WRITE, this.#heads.length);
    let body = '';
    for (let line = from; line < end; line += 1) {
      body += this.#heads[line];
      for (let field = 0; field < FIELDS.length; field += 1) {
        body += `${field === 0 ? '' : ','}${FIELDS[field]}=${valueOf(cycle, line, field)}i`;
      }
      body += ` ${timeMs}000000\n`;
    }
    return body;
  }

  async #post(body: string): Promise<boolean> {
    while (!this.#stopped) {
      try {
        const answer = await this.#client.request({
          method: 'POST',
          path: '/write?db=stratora&precision=ns',
          body,
        });
        if (answer.status === 204) return true;
      } catch {
        // The component is away; an engine waits and tries again.
      }
      this.retries += 1;
      await pause(200);
    }
    return false;
  }
}

interface ExportLine {
  metric: Record<string, string>;
  values: number[];
  timestamps: number[];
}

function headOf({ name, nodeIds, marked = 0 }: NumberedLoadOptions, line: number): string {
  const at = line % nodeIds.length;
  const port = Math.floor(line / nodeIds.length) + 1;
  const tags = [
    `node_id=${nodeIds[at]}`,
    `node_name=sw-${at}`,
    `ifIndex=${port}`,
    `ifName=Gi1/0/${port}`,
    `ifDescr=GigabitEthernet1/0/${port}`,
    'ifType=6',
    `line=${line}`,
  ];
  return `${line < marked ? 'marked_' : ''}${name},${tags.join(',')} `;
}

/** Returns the value of a counter that grows by about its rate, never evenly, as those of a busy port do. */
function valueOf(cycle: number, line: number, field: number): number {
  const rate = RATES[field] ?? 0;
  if (rate === 0) return field === 8 ? 1 : 1000;
  let hash =
    Math.imul(cycle + 1, 0x9e3779b1) ^ Math.imul(line + 1, 0x85ebca6b) ^ Math.imul(field + 1, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  const jitter = ((hash ^ (hash >>> 13)) >>> 0) % rate;
  return line * 1000 + cycle * rate + jitter;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, Math.max(0, ms));
  });
}
