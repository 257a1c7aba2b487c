import { instanceName } from '../rules/index.ts';
import type { CycleTime } from './condition-machine.ts';
import type { JudgedRule } from './judged-rule.ts';
import type { VectorAnswer, VectorSample } from './vector-source.ts';

/** Readings of the evaluated clock in milliseconds. */
interface Life {
  bornAt: number;
  seenAt: number;
}

/** One answer of an expression, with what tells whose series are in it. */
export interface BirthNote {
  readonly family: string;
  /** The expression, with the settling time of the rules that are meant. */
  readonly text: string;
  readonly samples: readonly VectorSample[];
  /** What the expression gave one settling time ago; undefined where nobody asked, and all that is there is taken for old. */
  readonly before: VectorAnswer | undefined;
  /** Returns the rule that judges a node by this expression; undefined where none does. */
  readonly ruleOf: (nodeId: string) => JudgedRule | undefined;
}

const ALWAYS = Number.NEGATIVE_INFINITY;

/**
 * The births of the series whose rules let each of them settle. A series that was away for long, or that counts its own
 * birth and was away at all, is born again. What was not asked is no absence.
 */
export class SeriesBirths {
  readonly #families = new Map<string, Map<string, Life>>();
  /** Readings at which an expression of a family was last answered. */
  readonly #answeredAt = new Map<string, number>();

  /** Whether an expression was never answered, so that it must be asked for the time before. */
  isNew(family: string, text: string): boolean {
    return !this.#answeredAt.has(keyOf(family, text));
  }

  /** Notes which series an answer has. */
  note({ family, text, samples, before, ruleOf }: BirthNote, { now }: CycleTime): void {
    const lives = this.#livesOf(family);
    const answeredAt = this.#answeredAt.get(keyOf(family, text));
    const isOld = answeredAt === undefined ? oldSeries(before, ruleOf) : () => false;
    for (const { nodeId, labels } of samples) {
      const rule = ruleOf(nodeId);
      if (rule === undefined || rule.seriesSettleMs === 0) continue;
      const key = keyOf(nodeId, instanceName(labels, rule.definition.instance_labels));
      const life = lives.get(key);
      if (life === undefined) {
        lives.set(key, { bornAt: isOld(key) ? ALWAYS : now, seenAt: now });
        continue;
      }
      const wasAbsent = answeredAt !== undefined && life.seenAt < answeredAt;
      if (now - life.seenAt > (wasAbsent ? rule.seriesGapMs : rule.seriesSettleMs)) life.bornAt = now;
      life.seenAt = now;
    }
    this.#answeredAt.set(keyOf(family, text), now);
  }

  /** Whether a series is too young to be judged. */
  isSettling(
    { family, nodeId, instance }: { family: string; nodeId: string; instance: string },
    { seriesSettleMs }: JudgedRule,
    { now }: CycleTime,
  ): boolean {
    if (seriesSettleMs === 0) return false;
    const life = this.#families.get(family)?.get(keyOf(nodeId, instance));
    return life !== undefined && now - life.bornAt < seriesSettleMs;
  }

  /** Forgets the series of a family that were away for so long that they would be born again. */
  forgetGone(family: string, longestMs: number, { now }: CycleTime): void {
    const lives = this.#families.get(family);
    for (const [key, { seenAt }] of lives ?? []) if (now - seenAt > longestMs) lives?.delete(key);
  }

  #livesOf(family: string): Map<string, Life> {
    let lives = this.#families.get(family);
    if (lives === undefined) {
      lives = new Map();
      this.#families.set(family, lives);
    }
    return lives;
  }
}

/** Tells which series are old when an expression is answered for the first time. */
function oldSeries(before: VectorAnswer | undefined, ruleOf: BirthNote['ruleOf']): (key: string) => boolean {
  if (before === undefined) return () => true;
  const keys = new Set<string>();
  if (before.kind === 'vector') {
    for (const { nodeId, labels } of before.samples) {
      const rule = ruleOf(nodeId);
      if (rule !== undefined) keys.add(keyOf(nodeId, instanceName(labels, rule.definition.instance_labels)));
    }
  }
  return (key) => keys.has(key);
}

function keyOf(first: string, second: string): string {
  return `${first} ${second}`;
}
