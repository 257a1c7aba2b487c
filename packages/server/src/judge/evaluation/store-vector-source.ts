import type { Clock } from '@stratora/runtime';
import { isAboutExpression, type QueryClient } from '@stratora/victoriametrics';
import { readEvidence } from './evidence-query.ts';
import type { VectorAnswer, VectorSample, VectorSource } from './vector-source.ts';

export interface StoreVectorSourceOptions {
  query: QueryClient;
  clock: Clock;
}

/** Queries at a time: more only make each of them slower. */
const QUERIES_AT_ONCE = 2;
const QUERY_TIMEOUT_MS = 5000;
/** Milliseconds in which all of a cycle must be answered, so that it ends before the next one is due. */
const READ_TIMEOUT_MS = 8000;

/** The source that asks the metric store. */
export class StoreVectorSource implements VectorSource {
  readonly #query: QueryClient;
  readonly #clock: Clock;

  constructor({ query, clock }: StoreVectorSourceOptions) {
    this.#query = query;
    this.#clock = clock;
  }

  readEvidence(timeMs: number, signal: AbortSignal): Promise<Map<string, number> | undefined> {
    return readEvidence(this.#query, timeMs, signal);
  }

  async read(
    expressions: readonly string[],
    timeMs: number,
    signal: AbortSignal,
  ): Promise<Map<string, VectorAnswer>> {
    const endsAt = this.#clock.monotonic() + READ_TIMEOUT_MS;
    const answers = new Map<string, VectorAnswer>();
    const waiting = [...expressions];
    const work = async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        answers.set(next, await this.#ask(next, timeMs, { endsAt, signal }));
      }
    };
    await Promise.all(Array.from({ length: QUERIES_AT_ONCE }, work));
    return answers;
  }

  async #ask(
    expression: string,
    timeMs: number,
    { endsAt, signal }: { endsAt: number; signal: AbortSignal },
  ): Promise<VectorAnswer> {
    const leftMs = endsAt - this.#clock.monotonic();
    if (leftMs <= 0 || signal.aborted) return { kind: 'away', reason: 'The metric store is too slow.' };
    const timeoutMs = Math.min(leftMs, QUERY_TIMEOUT_MS);
    const answer = await this.#query.query(expression, timeMs, { signal, timeoutMs, isWhole: true });
    if (answer.ok) return { kind: 'vector', samples: samplesOf(answer.value) };
    return isAboutExpression(answer)
      ? { kind: 'refused', reason: answer.words ?? answer.cause }
      : { kind: 'away', reason: answer.cause };
  }
}

function samplesOf(
  items: readonly { metric: Readonly<Record<string, string>>; value: number }[],
): VectorSample[] {
  const samples: VectorSample[] = [];
  for (const { metric, value } of items) {
    const nodeId = metric['node_id'];
    if (nodeId !== undefined && !Number.isNaN(value)) samples.push({ nodeId, labels: metric, value });
  }
  return samples;
}
