import { refOf } from './vim-requests.ts';
import { childOf, childrenOf, textAt, type XmlElement } from './xml-tree.ts';

/** A sample, with the time that it ends at. */
export interface Sample {
  readonly timeMs: number;
  readonly value: number;
}

/** The samples of one counter of one instance, in the order of their times. */
export interface SampleSeries {
  readonly counterId: number;
  /** Empty for the sum of all instances. */
  readonly instance: string;
  readonly samples: readonly Sample[];
}

/** The samples of one object. */
export interface ObjectSamples {
  readonly objectId: string;
  readonly series: readonly SampleSeries[];
}

/** Reads an answer to QueryPerf. A list that is cut, or a word in it, costs its own samples alone. */
export function readSamples(answer: XmlElement): readonly ObjectSamples[] {
  return childrenOf(answer, 'returnval').flatMap((entity) => {
    const ref = refOf(childOf(entity, 'entity'));
    if (ref === undefined) return [];
    const times = childrenOf(entity, 'sampleInfo').map((info) => Date.parse(textAt(info, 'timestamp')));
    const series = childrenOf(entity, 'value').flatMap((one) => readSeries(one, times));
    return [{ objectId: ref.id, series }];
  });
}

function readSeries(one: XmlElement, times: readonly number[]): readonly SampleSeries[] {
  const id = childOf(one, 'id');
  const counterId = Number(textAt(id, 'counterId') || Number.NaN);
  if (!Number.isSafeInteger(counterId)) return [];
  const samples = childrenOf(one, 'value')
    .flatMap(({ text }, index) => {
      const sample = {
        timeMs: times[index] ?? Number.NaN,
        value: text.trim() === '' ? Number.NaN : Number(text),
      };
      // -1 stands for a time at which nothing was measured.
      return Number.isFinite(sample.timeMs) && sample.value >= 0 ? [sample] : [];
    })
    // Servers answer with the oldest first, the simulated one with the newest.
    .sort((a, b) => a.timeMs - b.timeMs);
  return [{ counterId, instance: textAt(id, 'instance'), samples }];
}

/**
 * Makes one sample of those since the last gather: their average, as Telegraf does, but the last of a counter that tells
 * how things stand, and the extreme of one that tells an extreme.
 */
export function rolledUp(samples: readonly Sample[], rollup: string): Sample | undefined {
  const last = samples.at(-1);
  if (last === undefined) return undefined;
  const values = samples.map(({ value }) => value);
  switch (rollup) {
    case 'latest':
      return last;
    case 'maximum':
      return { timeMs: last.timeMs, value: Math.max(...values) };
    case 'minimum':
      return { timeMs: last.timeMs, value: Math.min(...values) };
    default:
      return { timeMs: last.timeMs, value: values.reduce((sum, value) => sum + value, 0) / values.length };
  }
}
