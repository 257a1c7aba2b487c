import type { HeldObject } from './evidence.ts';

/** A value as text: octets as they are, numbers in decimal, OIDs dotted; empty for what is no text. */
export type ObjectText = string;

/** A device, or a recording of one, that can be asked for what identifies it. */
export interface EvidenceSource {
  /** Gets single objects. What the device does not have is left out. */
  get(oids: readonly string[]): Promise<ReadonlyMap<string, ObjectText>>;
  /** Finds the first object below each subtree. What the device does not have is left out. */
  firstBelow(subtrees: readonly string[]): Promise<ReadonlyMap<string, HeldObject>>;
  /**
   * Walks columns of one table.
   *
   * @param maxRows rows after which it is enough; the source may stop anywhere after them
   * @returns rows in the order of the device, by index (dotted), each with a text for each column
   */
  rows(columns: readonly string[], maxRows: number): Promise<ReadonlyMap<string, readonly ObjectText[]>>;
}
