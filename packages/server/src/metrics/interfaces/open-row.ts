/** A row whose name was not known yet, or is under suspicion: decided when the whole body has been seen. */
export interface OpenRow {
  /** Hash of the node and the name, and of these with the description. */
  readonly a: number;
  readonly b: number;
  readonly withDescrA: number;
  readonly withDescrB: number;
  readonly indexWord: number;
  readonly aliasWord: number;
  readonly timeMs: number;
  readonly nodeId: string;
  /** Whether it has neither ifName nor ifDescr, so that its ifIndex is all the name that it has. */
  readonly isNameless: boolean;
  /** Texts as line protocol writes them. */
  readonly index: Buffer;
  readonly descr: Buffer | undefined;
  /** What tells it apart from others of its name; undefined while it has the name for itself. */
  twin: Buffer | undefined;
}
