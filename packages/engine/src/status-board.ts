import { type Clock, type HttpClient, type Logger, sanitizeText, type TimerHandle } from '@stratora/runtime';
import type { TargetStatus } from './input.ts';

/** The report of a target in `POST /status`: how one input of one node answers. */
export interface TargetReport {
  readonly node_id: string;
  readonly input: string;
  readonly status: TargetStatus;
  readonly message: string;
  /** The own words of what is behind it. */
  readonly detail?: string;
}

export interface StatusBoardOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly client: () => HttpClient | undefined;
  /** The name of the config that runs. */
  readonly database: () => string | undefined;
}

type Outcome = Pick<TargetReport, 'status' | 'message' | 'detail'>;

interface Target {
  readonly node_id: string;
  readonly input: string;
  /** Outcomes by instance: a node may have several blocks of one plugin. */
  readonly instances: Map<string, Outcome>;
  /** Signature of the last report that the component took; empty before the first. */
  reported: string;
}

/** States in ascending order of urgency. */
const SEVERITY: readonly TargetStatus[] = ['ok', 'limit', 'bad_answer', 'timeout', 'refused', 'auth'];

/** Wait in which changes of one moment are collected. */
const GATHER_MS = 500;
const RETRY_MS = 2000;
const MAX_TARGETS_A_POST = 2000;

/** Keeps the state of every target and reports changes to the component. */
export class StatusBoard {
  readonly #options: StatusBoardOptions;
  readonly #targets = new Map<string, Target>();
  readonly #changed = new Set<Target>();
  #timer: TimerHandle | undefined;
  #sending: Promise<void> | undefined;
  #isStopped = false;

  constructor(options: StatusBoardOptions) {
    this.#options = options;
  }

  /** Reports of all targets, each by its worst instance. */
  get targets(): readonly TargetReport[] {
    return [...this.#targets.values()].map(toReport);
  }

  /** Notes how an instance found its target. */
  set(
    instance: string,
    target: Pick<TargetReport, 'node_id' | 'input'>,
    outcome: {
      readonly status: TargetStatus;
      readonly message: string;
      readonly detail?: string | undefined;
    },
  ): void {
    const key = `${target.node_id} ${target.input}`;
    let entry = this.#targets.get(key);
    if (entry === undefined) {
      entry = { ...target, instances: new Map(), reported: '' };
      this.#targets.set(key, entry);
    }
    const { status, message, detail = '' } = outcome;
    entry.instances.set(instance, {
      status,
      message: sanitizeText(message),
      ...(detail === '' ? {} : { detail: sanitizeText(detail) }),
    });
    this.#consider(entry);
  }

  /** Forgets an instance that has left the config. */
  remove(instance: string, target: Pick<TargetReport, 'node_id' | 'input'>): void {
    const key = `${target.node_id} ${target.input}`;
    const entry = this.#targets.get(key);
    if (entry === undefined) return;
    entry.instances.delete(instance);
    if (entry.instances.size > 0) {
      this.#consider(entry);
    } else {
      this.#targets.delete(key);
      this.#changed.delete(entry);
    }
  }

  /** Reports everything again: to a component that may be a new process, or under another config. */
  reportAll(): void {
    for (const target of this.#targets.values()) {
      target.reported = '';
      this.#changed.add(target);
    }
    this.#arm(0);
  }

  /** Sends what has changed, once, and ends. */
  async stop(): Promise<void> {
    if (this.#isStopped) return;
    this.#isStopped = true;
    this.#options.clock.clearTimeout(this.#timer);
    await this.#sending;
    await this.#send();
  }

  #consider(target: Target): void {
    if (signature(toReport(target)) === target.reported) this.#changed.delete(target);
    else this.#changed.add(target);
    if (this.#changed.size > 0) this.#arm(GATHER_MS);
  }

  #arm(delayMs: number): void {
    if (this.#timer !== undefined || this.#isStopped) return;
    this.#timer = this.#options.clock.setTimeout(() => {
      this.#timer = undefined;
      this.#sending ??= this.#send().finally(() => {
        this.#sending = undefined;
      });
    }, delayMs);
  }

  async #send(): Promise<void> {
    while (this.#changed.size > 0) {
      const batch = [...this.#changed].slice(0, MAX_TARGETS_A_POST);
      const reports = batch.map(toReport);
      const database = this.#options.database();
      if (!(await this.#post(reports, database))) {
        this.#arm(RETRY_MS);
        return;
      }
      // Under the next config all of it is to be said again.
      if (this.#options.database() !== database) continue;
      for (const [index, target] of batch.entries()) {
        const report = reports[index];
        if (report !== undefined) target.reported = signature(report);
        if (signature(toReport(target)) === target.reported) this.#changed.delete(target);
      }
    }
  }

  async #post(targets: readonly TargetReport[], database = ''): Promise<boolean> {
    const client = this.#options.client();
    if (client === undefined) return false;
    try {
      const answer = await client.request({
        method: 'POST',
        path: `/status?db=${encodeURIComponent(database)}`,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ targets }),
      });
      if (answer.status >= 200 && answer.status < 300) return true;
      this.#options.logger.debug({ status: answer.status }, 'component did not take the status of targets');
    } catch (error) {
      this.#options.logger.debug({ err: error }, 'status of targets could not be sent');
    }
    return false;
  }
}

function toReport(target: Target): TargetReport {
  let worst: Outcome = { status: 'ok', message: '' };
  for (const outcome of target.instances.values()) {
    if (SEVERITY.indexOf(outcome.status) > SEVERITY.indexOf(worst.status)) worst = outcome;
  }
  return { node_id: target.node_id, input: target.input, ...worst };
}

/** Makes what tells a report from another; details change with ports and times and are news to nobody. */
function signature(report: TargetReport): string {
  return `${report.status} ${report.message}`;
}
