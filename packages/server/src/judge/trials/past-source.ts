import type { AppError } from '@stratora/runtime';
import type { QueryClient, StoreRefusal } from '@stratora/victoriametrics';
import { appError } from '../../platform/http/index.ts';
import type { VectorAnswer, VectorSample } from '../evaluation/index.ts';

export interface PastRange {
  readonly fromMs: number;
  readonly toMs: number;
  readonly stepMs: number;
}

/** Some steps in a row. */
export interface PastChunk {
  readonly timesMs: readonly number[];
  /** Reads what an expression gave at each of them. */
  readonly read: (text: string) => Promise<readonly VectorAnswer[]>;
}

export interface PastSourceOptions {
  query: Pick<QueryClient, 'query' | 'queryRange'>;
  signal: AbortSignal;
}

/** Values that one answer of the store may hold: about 3 MB, read within a few milliseconds. */
const CHUNK_VALUES = 100_000;
/** Steps in one question: a day in the steps of the evaluator. */
const CHUNK_STEPS = 8640;
const TIMEOUT_MS = 20_000;
/** Steps that the store may refuse, one question each, until the expression itself counts as refused. */
const REFUSED_STEPS_MAX = 30;

const NOTHING: VectorAnswer = { kind: 'vector', samples: [] };

/**
 * The source of past values: what the evaluator was given at each step, read in ranges. The expressions say their look-back
 * themselves, and nothing of a cache and no partial answer is taken, so that a range gives what each cycle was given.
 */
export class PastSource {
  readonly #options: PastSourceOptions;
  #refusedSteps = 0;

  constructor(options: PastSourceOptions) {
    this.#options = options;
  }

  /** Estimates how many series an expression gives at most, by looking at a few times of the range. */
  async countSeries(text: string, { fromMs, toMs }: PastRange): Promise<number> {
    const looks = await Promise.all(
      [0, 0.25, 0.5, 0.75, 1].map((part) =>
        this.#options.query.query(`count(${text})`, Math.round(fromMs + (toMs - fromMs) * part), {
          signal: this.#options.signal,
          timeoutMs: TIMEOUT_MS,
          isWhole: true,
        }),
      ),
    );
    const away = looks.find((look) => !look.ok && isAway(look));
    if (away !== undefined && !away.ok) throw await notAnswered(this.#options.query, away);
    return Math.max(0, ...looks.map((look) => (look.ok ? (look.value[0]?.value ?? 0) : 0)));
  }

  /** Goes through the steps of a range, oldest first, in parts whose answers fit into memory. */
  *read(range: PastRange, series: number): Generator<PastChunk> {
    let known = series;
    for (let fromMs = range.fromMs; fromMs <= range.toMs; ) {
      const steps = Math.min(CHUNK_STEPS, Math.max(1, Math.floor(CHUNK_VALUES / Math.max(1, known))));
      const part = { ...range, fromMs, toMs: Math.min(range.toMs, fromMs + (steps - 1) * range.stepMs) };
      const timesMs = timesOf(part);
      let values = 0;
      const read = async (text: string) => {
        const answers = await this.#ask(text, part, timesMs);
        for (const answer of answers) if (answer.kind === 'vector') values += answer.samples.length;
        return answers;
      };
      yield { timesMs, read };
      known = Math.max(known, Math.ceil(values / timesMs.length));
      fromMs = part.toMs + range.stepMs;
    }
  }

  async #ask(text: string, range: PastRange, timesMs: readonly number[]): Promise<readonly VectorAnswer[]> {
    const { query, signal } = this.#options;
    const { fromMs: startMs, toMs: endMs, stepMs } = range;
    const answer = await query.queryRange(
      text,
      { startMs, endMs, stepMs },
      { signal, timeoutMs: TIMEOUT_MS, isWhole: true },
    );
    if (answer.ok) return stepsOf(answer.value, timesMs);
    if (signal.aborted || isAway(answer)) throw await notAnswered(this.#options.query, answer);
    return this.#askInParts(text, range, answer);
  }

  /** Asks for parts of what is refused as a whole: too many values, or series that match twice at one time only. */
  async #askInParts(text: string, range: PastRange, refusal: StoreRefusal): Promise<readonly VectorAnswer[]> {
    const { fromMs, toMs, stepMs } = range;
    const steps = (toMs - fromMs) / stepMs + 1;
    if (steps === 1) {
      this.#refusedSteps += 1;
      if (this.#refusedSteps > REFUSED_STEPS_MAX) throw await notAnswered(this.#options.query, refusal);
      return [{ kind: 'refused', reason: refusal.words ?? refusal.cause }];
    }
    const middle = fromMs + Math.floor(steps / 2) * stepMs;
    const parts = [
      { fromMs, toMs: middle - stepMs, stepMs },
      { fromMs: middle, toMs, stepMs },
    ];
    const answers: VectorAnswer[] = [];
    for (const part of parts) answers.push(...(await this.#ask(text, part, timesOf(part))));
    return answers;
  }

  /** Number of steps at which the store refused to answer. */
  get refusedSteps(): number {
    return this.#refusedSteps;
  }
}

function timesOf({ fromMs, toMs, stepMs }: PastRange): number[] {
  return Array.from({ length: (toMs - fromMs) / stepMs + 1 }, (_, index) => fromMs + index * stepMs);
}

/** Turns series into the vectors of the steps; what is not a number is no value, as in a cycle. */
function stepsOf(
  series: readonly {
    metric: Readonly<Record<string, string>>;
    points: readonly (readonly [number, number])[];
  }[],
  timesMs: readonly number[],
): VectorAnswer[] {
  const places = new Map(timesMs.map((timeMs, index) => [timeMs, index]));
  const steps: (VectorSample[] | undefined)[] = timesMs.map(() => undefined);
  for (const { metric, points } of series) {
    const nodeId = metric['node_id'];
    if (nodeId === undefined) continue;
    for (const [timeMs, value] of points) {
      const place = places.get(timeMs);
      if (place === undefined || Number.isNaN(value)) continue;
      const samples = steps[place] ?? [];
      samples.push({ nodeId, labels: metric, value });
      steps[place] = samples;
    }
  }
  return steps.map((samples) => (samples === undefined ? NOTHING : { kind: 'vector', samples }));
}

/** Whether the store, or a part of it, could not be asked at all: a shorter range would fare no better. */
function isAway({ retry, isInPart }: StoreRefusal): boolean {
  return retry || isInPart === true;
}

/** Milliseconds in which a store that works answers the smallest question. */
const LOOK_TIMEOUT_MS = 2000;

/** Says in words of the contract that the store gave no answer. A slow query and a dead store look alike until it is asked. */
export async function notAnswered(
  query: Pick<QueryClient, 'query'>,
  { retry, reason, cause, words, isInPart }: StoreRefusal,
): Promise<AppError> {
  if (isInPart === true)
    return appError(
      'metrics_unavailable',
      'A part of the metric store is away, and an answer would lack what it holds.',
      { cause },
    );
  if (!retry) return appError('query_failed', words ?? 'The metric store refuses the expression.', { cause });
  const isSlow =
    reason === 'timeout' && (await query.query('1', undefined, { timeoutMs: LOOK_TIMEOUT_MS })).ok;
  return isSlow
    ? appError('query_failed', 'The metric store took too long; narrow the scope or the time.')
    : appError('metrics_unavailable', 'The metric store does not answer as a whole.', { cause });
}
