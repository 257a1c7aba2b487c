import { type Clock, type Logger, sleep } from '@stratora/runtime';
import { applyEvidence, deleteOldChanges } from '../../inventory/node-states/index.ts';
import { topologyGraph } from '../../inventory/topology/index.ts';
import type { Database, LedRound, Tx } from '../../platform/db/index.ts';
import type { AlertChange, AlertObserver } from '../alerts/index.ts';
import { buildNetwork } from '../causes/index.ts';
import { deleteOldPeriods, keepMaintenance, readMaintenance } from '../maintenance/index.ts';
import type { Rules } from '../rules/index.ts';
import {
  forgetConditions,
  forgetSettling,
  keepClock,
  keepConditions,
  keepSettling,
} from './condition-queries.ts';
import { type CycleResult, type CycleSurroundings, type Look, runCycle } from './evaluation-cycle.ts';
import { type EvaluationMemory, loadMemory } from './evaluation-memory.ts';
import { listCollectors, listGroups, listLeftOut, listNodes, listTargets } from './fact-queries.ts';
import type { TellingWay } from './heard-conditions.ts';
import { applyDecisions } from './node-decisions.ts';
import { keepRefused } from './refusal-queries.ts';
import { isSameRefusal, type RefusedRules } from './refused-rules.ts';
import { RuleReader } from './rule-families.ts';
import { deleteOldUnjudged, keepStop, keepUnjudged } from './unjudged-queries.ts';
import { unjudgedChanges } from './unjudged-rules.ts';
import type { VectorSource } from './vector-source.ts';

export interface EvaluationServiceOptions extends CycleSurroundings {
  db: Database;
  source: VectorSource;
  clock: Clock;
  logger: Pick<Logger, 'warn' | 'info'>;
  /** Hears of the alerts that a cycle changes; nobody by default. */
  observe?: AlertObserver;
  /** Returns the rules in force. */
  rules: () => Rules;
  /** Says what keeps the store from taking or giving samples; undefined when nothing does. */
  storeFault: () => Promise<string | undefined>;
  /** Reads how the ways fare by which people are told. */
  tellingWays: () => Promise<readonly TellingWay[]>;
}

/** Milliseconds between two cycles. */
export const EVALUATE_EVERY_MS = 10_000;
/** Milliseconds after which a store that did not answer is asked again: a restart is over by then. */
const SECOND_LOOK_MS = 2000;
const NO_ANSWER = 'The metric store does not answer.';
/** Milliseconds from one cycle to the next after which people are told that rules were not evaluated. */
const STOP_MS = 25_000;
/** Cycles between two clearings of the history of statuses: an hour. */
const CLEAR_EVERY = 360;

/** Figures of the last cycle that went to its end, and of all. */
export interface EvaluationFigures {
  cycleSeconds: number;
  expressions: number;
  /** Those of them that the store did not answer in time. */
  unread: number;
  /** Cycles in which an expression was not answered. */
  cutShort: number;
  series: number;
  blind: number;
  /** Rules whose expression the store refuses: they judge nothing. */
  refused: number;
  /** Instances beyond the limit of a rule and node. */
  leftOut: number;
  storeFailures: number;
}

/** The service that judges every rule for every node in a cycle, and writes what has changed in one transaction. */
export class EvaluationService {
  readonly figures: EvaluationFigures = {
    cycleSeconds: 0,
    expressions: 0,
    unread: 0,
    cutShort: 0,
    series: 0,
    blind: 0,
    refused: 0,
    leftOut: 0,
    storeFailures: 0,
  };
  readonly #options: EvaluationServiceOptions;
  readonly #reader = new RuleReader();
  #memory: EvaluationMemory | undefined;
  #cycles = 0;
  #crowded: ReadonlySet<string> = new Set();
  /** Monotonic times: of the last cycle, and of the first one in a row that was cut short. */
  #evaluatedAt = Number.NEGATIVE_INFINITY;
  #shortSince: number | undefined;

  constructor(options: EvaluationServiceOptions) {
    this.#options = options;
  }

  async evaluate(round: LedRound): Promise<void> {
    const { db, clock, observe } = this.#options;
    const startedAt = clock.monotonic();
    const known = round.isNew ? undefined : this.#memory;
    const memory = known ?? (await loadMemory(db, clock, { intervalMs: EVALUATE_EVERY_MS, observe }));
    // A cycle moves what is remembered; until that is written, nothing of it may be built upon.
    this.#memory = undefined;
    const look = await this.#look(memory, round.signal);
    if (look === undefined) {
      this.#memory = memory;
      return;
    }
    const result = await this.#judge(memory, look, round.signal);
    if (round.signal.aborted || !(await this.#write(memory, result, round.fenced))) return;
    this.#noteRefused(memory.refused, result.refused);
    memory.refused = result.refused;
    memory.unjudged = result.unjudged;
    this.#noteCrowded(result.crowded);
    this.#memory = memory;
    Object.assign(this.figures, result.figures, { cycleSeconds: (clock.monotonic() - startedAt) / 1000 });
    this.#noteUnread(result.figures.unread, clock.monotonic());
  }

  /** Whether the store has answered all expressions of late; also on a server that does not evaluate. */
  isReadingAll(limitMs: number): boolean {
    const now = this.#options.clock.monotonic();
    const isEvaluating = now - this.#evaluatedAt < limitMs;
    return !isEvaluating || this.#shortSince === undefined || now - this.#shortSince < limitMs;
  }

  #noteUnread(unread: number, now: number): void {
    this.#evaluatedAt = now;
    if (unread > 0) this.figures.cutShort += 1;
    this.#shortSince = unread > 0 ? (this.#shortSince ?? now) : undefined;
  }

  /** Logs each change of what the store refuses: nobody else would learn that a rule judges nothing. */
  #noteRefused(before: RefusedRules, refused: RefusedRules): void {
    const { logger } = this.#options;
    for (const [id, { slug, reason }] of refused) {
      if (!before.has(id)) logger.warn({ slug, reason }, 'alert rule refused by the metric store');
    }
    for (const [id, { slug }] of before) {
      if (!refused.has(id)) logger.info({ slug }, 'alert rule not refused any more');
    }
  }

  /** Logs once of a rule that it has more instances than are judged. */
  #noteCrowded(crowded: ReadonlySet<string>): void {
    for (const slug of crowded)
      if (!this.#crowded.has(slug)) this.#options.logger.warn({ slug }, 'alert rule has too many instances');
    this.#crowded = crowded;
  }

  /** Looks at what the store knows, twice where it does not answer. @returns undefined when nothing can be decided */
  async #look(memory: EvaluationMemory, signal: AbortSignal): Promise<Look | undefined> {
    const { clock } = this.#options;
    const first = await this.#lookOnce(signal);
    if (memory.silence.noteStore(first.fault === undefined, clock.now())) return first;
    await sleep(SECOND_LOOK_MS, clock, signal);
    if (signal.aborted) return undefined;
    const second = await this.#lookOnce(signal);
    return memory.silence.noteStore(second.fault === undefined, clock.now()) ? second : undefined;
  }

  async #lookOnce(signal: AbortSignal): Promise<Look> {
    const { source, clock, storeFault } = this.#options;
    const [evidence, fault] = await Promise.all([source.readEvidence(clock.now(), signal), storeFault()]);
    // What is not written cannot be found either, so that silence says nothing of a node.
    if (fault === undefined && evidence !== undefined) return { evidence, fault: undefined };
    this.figures.storeFailures += 1;
    return { evidence: new Map(), fault: fault ?? NO_ANSWER };
  }

  async #judge(memory: EvaluationMemory, look: Look, signal: AbortSignal): Promise<CycleResult> {
    const { db, clock, source } = this.#options;
    const rules = this.#options.rules();
    // Without rules every alert would be one that nothing judges any more.
    if (rules.version === 0) throw new Error('the rules were not read yet');
    const now = clock.now();
    const [nodes, groups, collectors, targets, leftOut, maintenance, ways] = await Promise.all([
      listNodes(db),
      listGroups(db),
      listCollectors(db),
      listTargets(db),
      listLeftOut(db),
      readMaintenance(db, now),
      this.#options.tellingWays(),
    ]);
    const reading = memory.clock.read(clock.now(), clock.monotonic());
    if (reading.isSet) {
      memory.silence.begin(reading.wall);
      memory.silence.noteStore(look.fault === undefined, reading.wall);
    }
    this.#cycles += 1;
    return runCycle(
      memory,
      {
        nodes,
        groups,
        collectors,
        targets,
        leftOut,
        look,
        ways,
        reading,
        maintenance,
        rules,
        cycle: this.#cycles,
      },
      {
        ...this.#options,
        reader: this.#reader,
        network: async () => buildNetwork(await topologyGraph(db)),
        read: (expressions, agoMs) => source.read(expressions, reading.wall - agoMs, signal),
      },
    );
  }

  /** Writes a cycle. @returns whether it was written: not where another server has taken over */
  async #write(memory: EvaluationMemory, result: CycleResult, fenced: LedRound['fenced']): Promise<boolean> {
    const { kept, gone } = memory.conditions.takeChanges(result.reading);
    const { wallMs: lastMs } = memory.clock.record;
    memory.clock.commit(result.reading);
    const orphans: AlertChange[] = memory.orphans;
    memory.orphans = [];
    const isWritten = await fenced(async (tx) => {
      await keepConditions(tx, kept);
      await forgetConditions(tx, gone);
      await keepSettling(tx, result.settlesNow, result.reading.now);
      await forgetSettling(tx, result.settled);
      if (!isSameRefusal(memory.refused, result.refused)) await keepRefused(tx, result.refused);
      await keepUnjudgedTimes(tx, memory, { ...result, lastMs });
      await keepClock(tx, memory.clock.record);
      await applyEvidence(tx, result.evidence);
      await keepMaintenance(tx, result.maintenance);
      await memory.writer.apply(tx, [...orphans, ...result.alertChanges]);
      await applyDecisions(tx, result.decisions);
      if (this.#cycles % CLEAR_EVERY === 1) {
        await deleteOldChanges(tx);
        await deleteOldPeriods(tx);
        await deleteOldUnjudged(tx);
      }
      return true;
    });
    return isWritten === true;
  }
}

/** Writes what keeps it explicable why nobody was told: rules that judge nothing, and time in which no cycle ran. */
async function keepUnjudgedTimes(
  tx: Tx,
  memory: EvaluationMemory,
  { unjudged, reading, lastMs }: Pick<CycleResult, 'unjudged' | 'reading'> & { lastMs: number },
): Promise<void> {
  const at = new Date(reading.wall);
  const isStop = lastMs > 0 && !reading.isSet && reading.wall - lastMs > STOP_MS;
  if (isStop) await keepStop(tx, new Date(lastMs), at);
  const { begun, ended } = unjudgedChanges(memory.unjudged, unjudged);
  await keepUnjudged(tx, { begun, ended, at });
}
