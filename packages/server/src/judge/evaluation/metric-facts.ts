import type { NodeView } from './node-view.ts';
import type { VectorAnswer } from './vector-source.ts';

export type Views = ReadonlyMap<string, NodeView>;

/** The nodes that are judged. */
export interface JudgedViews {
  readonly views: Views;
  /** The look-backs that these have, in seconds. */
  readonly lookBacks: ReadonlySet<number>;
}

/** What expressions gave so many milliseconds ago, by these and by expression. */
export type AnswersBefore = ReadonlyMap<number, ReadonlyMap<string, VectorAnswer>>;

export interface MetricFacts extends JudgedViews {
  readonly answers: ReadonlyMap<string, VectorAnswer>;
  /** What expressions that are new here gave one settling time ago; undefined where nobody could ask. */
  readonly before?: AnswersBefore | undefined;
}
