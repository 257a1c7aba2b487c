import type { TargetStatus } from '@stratora/contract';
import type { Clock } from '@stratora/runtime';
import type { TargetFacts } from './target-facts.ts';
import { faultWords } from './telegraf-fault.ts';
import { nodesWithSamples, probeOutcomes } from './telegraf-lines.ts';
import type { TelegrafLine } from './telegraf-log.ts';

/** An input block of a config, and the node that it is about. */
export interface ConfiguredTarget {
  /** Alias of the block; undefined where it has none, so that its log lines cannot be told from others. */
  alias: string | undefined;
  nodeId: string;
  intervalMs: number;
  facts: TargetFacts;
}

interface Target {
  nodeId: string;
  input: string;
  intervalMs: number;
  /** The last fault of each kind: its time, and its words when it began. */
  faults: Map<TargetStatus['status'], { at: number; words: Words }>;
  /** Monotonic time of its last sample. */
  sampledAt: number | undefined;
}

/** The sentence about a fault, and Telegraf's own words where it had any. */
type Words = Pick<TargetStatus, 'message' | 'detail'>;

/** States in ascending order of urgency. */
const SEVERITY: readonly TargetStatus['status'][] = [
  'ok',
  'limit',
  'bad_answer',
  'timeout',
  'refused',
  'auth',
];
/** Number of intervals without a fault after which it is over. */
const QUIET_INTERVALS = 2;
const SLACK_MS = 2000;
/** What checks of web pages say of a failure, and only to those who debug. */
const CHECK_FAILURE = /^(?:Network error while polling|Failed to read body of|The body of the HTTP Response)/;
const SETTLE_MS = 5000;

/**
 * Derives the states of the targets of a running Telegraf from its log, which names what fails at every gather, and
 * from the samples on their way, which checks write for their failures too.
 */
export class TelegrafTargets {
  readonly #clock: Clock;
  readonly #report: (targets: TargetStatus[]) => void;
  #byAlias = new Map<string, { target: Target; facts: TargetFacts }>();
  #byNode = new Map<string, Target>();
  #byId = new Map<string, Target[]>();
  #settledAt = Number.NEGATIVE_INFINITY;

  /** @param report called with the state of targets, again and again: whoever takes it looks for changes */
  constructor(clock: Clock, report: (targets: TargetStatus[]) => void) {
    this.#clock = clock;
    this.#report = report;
  }

  /** Replaces the targets when a config starts to run. */
  configure(targets: readonly ConfiguredTarget[]): void {
    this.#byAlias = new Map();
    this.#byNode = new Map();
    this.#byId = new Map();
    for (const { alias, nodeId, intervalMs, facts } of targets) {
      const { input } = facts;
      const key = `${input} ${nodeId}`;
      let target = this.#byNode.get(key);
      if (!target) {
        target = { nodeId, input, intervalMs, faults: new Map(), sampledAt: undefined };
        this.#byNode.set(key, target);
        this.#byId.set(nodeId, [...(this.#byId.get(nodeId) ?? []), target]);
      }
      target.intervalMs = Math.max(target.intervalMs, intervalMs);
      if (alias !== undefined) this.#byAlias.set(`${input} ${alias}`, { target, facts });
    }
  }

  /**
   * Takes a line of the log.
   * @returns what the line says of a target: a fault it was known to have, a new one, or nothing
   */
  takeLogLine({ level, plugin, alias, message }: TelegrafLine): 'known' | 'new' | undefined {
    const isTold =
      level === 'error' || level === 'warn' || (level === 'debug' && CHECK_FAILURE.test(message));
    if (!isTold || alias === undefined || !plugin?.startsWith('inputs.')) return undefined;
    const found = this.#byAlias.get(`${plugin.slice('inputs.'.length)} ${alias}`);
    if (!found) return undefined;
    const { status, ...words } = faultWords(message, found.facts);
    return this.#fault(found.target, status, words);
  }

  /** Takes samples on their way: pings that were lost and pages that did not come are samples like any other. */
  takeSamples(lines: Buffer): void {
    for (const { input, nodeId, fault, message } of probeOutcomes(lines)) {
      const target = this.#byNode.get(`${input} ${nodeId}`);
      if (!target) continue;
      if (fault === undefined) target.sampledAt = this.#clock.monotonic();
      else if (!this.#isExplained(target)) this.#fault(target, fault, { message });
    }
    const now = this.#clock.monotonic();
    for (const nodeId of nodesWithSamples(lines)) {
      for (const target of this.#byId.get(nodeId) ?? []) if (!isCheck(target.input)) target.sampledAt = now;
    }
    if (now - this.#settledAt < SETTLE_MS) return;
    this.#settledAt = now;
    this.settle();
  }

  /** Reports the state of all targets that have shown one. */
  settle(): void {
    const now = this.#clock.monotonic();
    const known: TargetStatus[] = [];
    for (const target of this.#byNode.values()) {
      const report = describe(target, now);
      if (report) known.push(report);
    }
    if (known.length > 0) this.#report(known);
  }

  /** True when the log has just said why a check failed, which its sample does not know. */
  #isExplained(target: Target): boolean {
    const now = this.#clock.monotonic();
    return [...target.faults.values()].some(
      ({ at, words }) => words.detail !== undefined && now - at <= quietMs(target),
    );
  }

  #fault(target: Target, status: TargetStatus['status'], words: Words): 'known' | 'new' {
    const now = this.#clock.monotonic();
    const before = target.faults.get(status);
    const isNew = before === undefined || now - before.at > quietMs(target);
    target.faults.set(status, { at: now, words: isNew ? words : before.words });
    const report = describe(target, now);
    if (isNew && report) this.#report([report]);
    return isNew ? 'new' : 'known';
  }
}

/** True for inputs that write a sample whatever their outcome. */
function isCheck(input: string): boolean {
  return input === 'ping' || input === 'http_response';
}

function quietMs({ intervalMs }: Target): number {
  return QUIET_INTERVALS * intervalMs + SLACK_MS;
}

function describe(target: Target, now: number): TargetStatus | undefined {
  const { nodeId: node_id, input, faults, sampledAt } = target;
  let worst: (Words & { status: TargetStatus['status'] }) | undefined;
  for (const status of SEVERITY) {
    const fault = faults.get(status);
    if (fault && now - fault.at <= quietMs(target)) worst = { status, ...fault.words };
  }
  if (worst) return { node_id, input, ...worst };
  // No fault is not yet an answer.
  if (sampledAt === undefined || now - sampledAt > quietMs(target)) return undefined;
  return { node_id, input, status: 'ok', message: '' };
}
