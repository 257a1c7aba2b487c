/** A series of a node with its value; it may be infinite, and what is not a number is left out. */
export interface VectorSample {
  readonly nodeId: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export type VectorAnswer =
  | { readonly kind: 'vector'; readonly samples: readonly VectorSample[] }
  /** The expression itself is refused. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** Nobody can know what it would give. */
  | { readonly kind: 'away'; readonly reason: string };

/** Where the evaluator has its values from. It is narrow, so that something else than a store can stand in. */
export interface VectorSource {
  /**
   * Reads when each node was last heard, by the time of its sample.
   * @returns epoch milliseconds by node id; undefined when the source did not answer
   */
  readEvidence(timeMs: number, signal: AbortSignal): Promise<Map<string, number> | undefined>;
  /**
   * Reads the values of expressions at one time.
   * @param expressions PromQL whose selectors say themselves how far they look back, each once
   * @returns an answer for each of them
   */
  read(
    expressions: readonly string[],
    timeMs: number,
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, VectorAnswer>>;
}
