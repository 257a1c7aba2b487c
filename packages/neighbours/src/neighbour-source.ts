/** A value as a device sent it: octets stay octets; numbers, OIDs and addresses come as themselves. */
export type SourceValue = number | bigint | string | Uint8Array;

/** One value of a table. */
export interface SourceCell {
  /** Position of its column among those that were asked for. */
  readonly column: number;
  /** The arcs behind the column. */
  readonly index: readonly number[];
  readonly value: SourceValue;
}

/** How a walk ended. */
export interface WalkEnd {
  /** Columns, by position, that were not walked to their end. */
  readonly open: readonly number[];
  /** Why the first of them was not, in a sentence; undefined where all were. */
  readonly reason: string | undefined;
  /**
   * What is at an end with it: `column`, where the device refuses one and gives the others; `table`, where the answers stopped or a
   * bound was reached; `device`, where it is of no use to ask it anything more.
   */
  readonly extent: 'none' | 'column' | 'table' | 'device';
  /** Values that came and could not be read, and what was wrong with the first, in a sentence. */
  readonly lost: number;
  readonly lostReason: string | undefined;
}

/** Why nothing was answered, in a sentence. */
export class SourceFault extends Error {
  override readonly name = 'SourceFault';
  readonly extent: 'table' | 'device';

  constructor(message: string, extent: 'table' | 'device') {
    super(message);
    this.extent = extent;
  }
}

/** A device, or a recording of one, whose tables can be walked. */
export interface NeighbourSource {
  /** Gets single objects. What the device does not have is left out. @throws SourceFault, or the reason of an abort */
  get(oids: readonly string[]): Promise<ReadonlyMap<string, SourceValue>>;
  /**
   * Tells which of these subtrees hold anything, by as few questions as possible; undefined where that cannot be told, so that each has
   * to be walked. @throws SourceFault, or the reason of an abort
   */
  held(subtrees: readonly string[]): Promise<ReadonlySet<string> | undefined>;
  /**
   * Walks columns side by side. What `onCell` got is good however the walk ends.
   *
   * @param onCell called for each value, in the device's order within a column; false: it is enough, the rest stays open
   * @throws the reason of an abort
   */
  walk(columns: readonly string[], onCell: (cell: SourceCell) => boolean): Promise<WalkEnd>;
  /**
   * The same device as it shows itself for one VLAN (Cisco's `community@vlan`, or the context `vlan-10`); undefined where it cannot
   * be asked so.
   */
  ofVlan(vlan: number): NeighbourSource | undefined;
}
