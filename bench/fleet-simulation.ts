import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SecureContext } from 'node:tls';
import { gzipSync } from 'node:zlib';
import type { FleetMember } from './fleet-inventory.ts';
import { type Answer, bytesOf, HttpConnection } from './http-connection.ts';
import { largeBody } from './ingest-load.ts';

export const CYCLE_MS = 10_000;
const TIMEOUT_MS = 30_000;
const RETRY_MS = 2000;
/** Number of cycles between reports: a component reports changes, and without any once a minute. */
const REPORT_EVERY = 6;
/** Lines of a node in a cycle: the ports of a switch, or the metrics of a host. */
const LINES_PER_NODE = 24;
/** Time after the return of the server within which each component comes back. */
const RETURN_WITHIN_MS = 1000;

export type Kind = 'pull' | 'heartbeat' | 'report' | 'ingest';
export const KINDS: readonly Kind[] = ['pull', 'heartbeat', 'report', 'ingest'];

/** The answers that a fleet got since the last tally. */
export class Tally {
  readonly latencies = new Map<Kind, number[]>(KINDS.map((kind) => [kind, []]));
  readonly statuses = new Map<string, number>();
  /** Seconds that each `Retry-After` named. */
  readonly retryAfter: number[] = [];
  /** Number of calls that ended without an answer. */
  broken = 0;
  readonly startedAt = performance.now();

  note(kind: Kind, answer: Answer, ms: number): void {
    const name = `${kind} ${answer.status}`;
    this.statuses.set(name, (this.statuses.get(name) ?? 0) + 1);
    if (answer.status < 400) this.latencies.get(kind)?.push(ms);
    const wait = answer.headers.get('retry-after');
    if (wait !== undefined) this.retryAfter.push(Number(wait));
  }
}

interface Batch {
  number: number;
  body: Buffer;
}

/** The state that all members share: the server's port, and the current tally. */
export interface Plant {
  port: number;
  tls: SecureContext | undefined;
  tally: Tally;
  /** Members that had a whole cycle since the last mark, and the time at which the last of them had it. */
  cycled: { readonly members: Set<FleetMember>; readonly since: number; newestAt: number };
  /** Resolves when the port accepts connections. */
  waitUntilOpen(): Promise<void>;
  isStopping: boolean;
}

/** Makes a mark from which cycles are counted: no member had one yet. */
export function newMark(): Plant['cycled'] {
  const now = performance.now();
  return { members: new Set(), since: now, newestAt: now };
}

/** A simulated component: it pulls, sends heartbeats and reports, and keeps its samples until they are taken. */
export class SimulatedComponent {
  readonly member: FleetMember;
  readonly #plant: Plant;
  readonly #connection: HttpConnection;
  readonly #waiting: Batch[] = [];
  readonly #headers: Record<string, string>;
  #etag = '';
  #number = 0;
  #isRunning = false;
  #isAway = false;
  #cycles = 0;

  /** @param from source address of its connections */
  constructor(member: FleetMember, plant: Plant, from: string) {
    this.member = member;
    this.#plant = plant;
    const { port, tls } = plant;
    this.#connection = new HttpConnection({ port, tls, timeoutMs: TIMEOUT_MS, from });
    this.#headers = {
      'x-api-key': member.apiKey,
      'x-stratora-instance': randomBytes(16).toString('base64url'),
    };
  }

  /** Number of samples made so far, numbered from 1. */
  get made(): number {
    return this.#number;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  close(): void {
    this.#connection.close();
  }

  /** Runs one tick of the engine: one more numbered sample, and a cycle with the server unless one still runs. */
  async tick(): Promise<void> {
    this.#gather();
    if (this.#isRunning) return;
    this.#isRunning = true;
    try {
      while (!(await this.#cycle()) && !this.#plant.isStopping) {
        if (!this.#isAway) continue;
        await this.#plant.waitUntilOpen();
        await sleep(Math.random() * RETURN_WITHIN_MS);
      }
    } finally {
      this.#isRunning = false;
    }
  }

  /** @returns whether the cycle was completed; else it must be repeated */
  async #cycle(): Promise<boolean> {
    try {
      await this.#call('pull', this.#pull());
      if (this.member.type === 'agent') await this.#call('heartbeat', this.#report());
      else if (this.#cycles % REPORT_EVERY === 0) await this.#call('report', this.#report());
      for (let batch = this.#waiting[0]; batch; batch = this.#waiting[0]) {
        await this.#call(
          'ingest',
          this.#post('/api/v1/ingest/influx', batch.body, { 'content-encoding': 'gzip' }),
        );
        this.#waiting.shift();
      }
    } catch (error) {
      this.#isAway = !(error instanceof RefusedError);
      if (this.#isAway) this.#plant.tally.broken += 1;
      return false;
    }
    this.#cycles += 1;
    this.#noteCycle();
    return true;
  }

  #noteCycle(): void {
    const { cycled } = this.#plant;
    if (cycled.members.has(this.member)) return;
    cycled.members.add(this.member);
    cycled.newestAt = performance.now();
  }

  async #call(kind: Kind, request: Buffer): Promise<void> {
    const startedAt = performance.now();
    const answer = await this.#connection.send(request);
    this.#plant.tally.note(kind, answer, performance.now() - startedAt);
    this.#etag = answer.headers.get('etag') ?? this.#etag;
    if (answer.status < 400) return;
    await sleep(Number(answer.headers.get('retry-after') ?? 0) * 1000 || RETRY_MS);
    throw new RefusedError();
  }

  #gather(): void {
    this.#number += 1;
    const timeMs = Date.now();
    const [first = ''] = this.member.nodeIds;
    const ledger = `fleet_ledger,node_id=${first} n=${this.#number}i ${timeMs}000000\n`;
    const { nodeIds } = this.member;
    const lines = Buffer.concat([
      largeBody(nodeIds, nodeIds.length * LINES_PER_NODE, timeMs),
      Buffer.from(ledger),
    ]);
    this.#waiting.push({ number: this.#number, body: gzipSync(lines, { level: 1 }) });
  }

  #pull(): Buffer {
    const path =
      this.member.type === 'agent'
        ? `/api/v1/agents/${this.member.nodeIds[0]}/config`
        : `/api/v1/remote-collectors/${this.member.id}/config`;
    const known: Record<string, string> = this.#etag === '' ? {} : { 'if-none-match': this.#etag };
    return bytesOf(`GET ${path}`, { ...this.#headers, ...known });
  }

  #report(): Buffer {
    const hash = this.#etag.replaceAll('"', '');
    const engine = { kind: 'embedded', version: '0.1.0', running: true, pid: 4321 };
    const queue = { bytes: this.#waiting.length * 400, oldest: null, dropped: 0 };
    const report = {
      engine,
      queue,
      component_time: new Date().toISOString(),
      config_hash: hash,
      running_hash: hash,
    };
    const json = { 'content-type': 'application/json' };
    if (this.member.type === 'collector') {
      const body = JSON.stringify({ ...report, status: 'applied' });
      return this.#post(`/api/v1/remote-collectors/${this.member.id}/report`, Buffer.from(body), json);
    }
    const body = JSON.stringify({
      ...report,
      config_status: 'applied',
      version: '0.1.0',
      hostname: this.member.hostname,
      os: 'linux',
      os_version: 'Debian 12',
      arch: 'x64',
      uptime_seconds: Math.round(performance.now() / 1000),
      ip_addresses: ['10.66.1.1'],
      roles: ['linux'],
    });
    return this.#post(`/api/v1/agents/heartbeat/${this.member.nodeIds[0]}`, Buffer.from(body), json);
  }

  #post(path: string, body: Buffer, headers: Record<string, string>): Buffer {
    return bytesOf(`POST ${path}`, { ...this.#headers, ...headers }, body);
  }
}

/** The server refused a call and named a time to come back. */
class RefusedError extends Error {}
