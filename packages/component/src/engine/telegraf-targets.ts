import type { TargetStatus } from '@stratora/contract';
import type { Clock } from '@stratora/runtime';
import type { TargetFacts } from './target-facts.ts';
import { compareUrgency, type Moment, TelegrafBlock, type Words } from './telegraf-block.ts';
import { faultWords } from './telegraf-fault.ts';
import { type ProbeOutcome, probeOutcomes, sampledMeasurements } from './telegraf-lines.ts';
import type { TelegrafLine } from './telegraf-log.ts';
import { OVERRUN } from './telegraf-rules.ts';

/** An input block of a config, and the node that it is about. */
export interface ConfiguredTarget {
  /** Alias of the block; undefined where it has none, so that its log lines cannot be told from others. */
  alias: string | undefined;
  nodeId: string;
  intervalMs: number;
  facts: TargetFacts;
  /** The names of its samples; undefined where they are not known. */
  measurements?: ReadonlySet<string> | undefined;
}

/** An input of a node, which may be gathered by several blocks. */
interface Target {
  readonly nodeId: string;
  readonly input: string;
  readonly blocks: TelegrafBlock[];
}

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
  #byAlias = new Map<string, { target: Target; block: TelegrafBlock }>();
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
    for (const { alias, nodeId, intervalMs, facts, measurements } of targets) {
      const { input } = facts;
      const key = `${input} ${nodeId}`;
      let target = this.#byNode.get(key);
      if (!target) {
        target = { nodeId, input, blocks: [] };
        this.#byNode.set(key, target);
        this.#byId.set(nodeId, [...(this.#byId.get(nodeId) ?? []), target]);
      }
      const block = new TelegrafBlock({ facts, intervalMs, measurements });
      target.blocks.push(block);
      if (alias !== undefined) this.#byAlias.set(`${input} ${alias}`, { target, block });
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
    const { target, block } = found;
    const { status, ...words } = faultWords(message, block.facts);
    if (!OVERRUN.test(message)) return this.#fault(target, block, { status, words, now: this.#now() });
    const news = block.noteOverrun(words, this.#clock.monotonic());
    if (news === 'new') this.#tell([target]);
    return news;
  }

  /** Takes samples on their way: pings that were lost and pages that did not come are samples like any other. */
  takeSamples(lines: Buffer): void {
    const now = this.#clock.monotonic();
    for (const outcome of probeOutcomes(lines)) this.#takeOutcome(outcome);
    for (const [nodeId, measurements] of sampledMeasurements(lines)) {
      for (const { input, blocks } of this.#byId.get(nodeId) ?? []) {
        if (isCheck(input)) continue;
        for (const block of blocks) if (block.writes(measurements)) block.noteSample(now);
      }
    }
    if (now - this.#settledAt < SETTLE_MS) return;
    this.#settledAt = now;
    this.settle();
  }

  /** Reports the state of all targets that have shown one. */
  settle(): void {
    this.#tell(this.#byNode.values());
  }

  #takeOutcome({ input, nodeId, fault, message, timeMs }: ProbeOutcome): void {
    const target = this.#byNode.get(`${input} ${nodeId}`);
    const now = this.#now();
    const [block] = target?.blocks ?? [];
    if (!target || !block) return;
    const wallAt = timeMs ?? now.wallAt;
    // What one of several checks of a node found says nothing of the others.
    const isOnly = target.blocks.length === 1;
    if (fault === undefined) {
      if (isOnly) block.endFaultsBefore(wallAt);
      for (const each of target.blocks) each.noteSample(now.at);
    } else if (!target.blocks.some((each) => each.isExplained(now.at))) {
      this.#fault(target, block, { status: fault, words: { message }, now: { at: now.at, wallAt } });
    }
  }

  #fault(
    target: Target,
    block: TelegrafBlock,
    { status, words, now }: { status: TargetStatus['status']; words: Words; now: Moment },
  ): 'known' | 'new' {
    const isNew = block.noteFault(status, words, now);
    if (isNew) this.#tell([target]);
    return isNew ? 'new' : 'known';
  }

  #tell(targets: Iterable<Target>): void {
    const now = this.#clock.monotonic();
    const known: TargetStatus[] = [];
    for (const target of targets) {
      const report = describe(target, now);
      if (report) known.push(report);
    }
    if (known.length > 0) this.#report(known);
  }

  #now(): Moment {
    return { at: this.#clock.monotonic(), wallAt: this.#clock.now() };
  }
}

/** True for inputs that write a sample whatever their outcome. */
function isCheck(input: string): boolean {
  return input === 'ping' || input === 'http_response';
}

/** Describes a target by its worst block. */
function describe({ nodeId: node_id, input, blocks }: Target, now: number): TargetStatus | undefined {
  let worst: (Words & { status: TargetStatus['status'] }) | undefined;
  for (const block of blocks) {
    const state = block.state(now);
    if (state && (worst === undefined || compareUrgency(state.status, worst.status) > 0)) worst = state;
  }
  return worst && { node_id, input, ...worst };
}
