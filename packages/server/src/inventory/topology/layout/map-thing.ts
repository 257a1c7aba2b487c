import type { TopologyTier } from '@stratora/contract';

/** Room that one thing takes with what is written below it, in pixels. */
export const CELL_WIDTH = 180;
export const CELL_HEIGHT = 120;
/** Room between the zones of two sites. */
export const ZONE_GAP = 240;

/** The middle of a thing on the map. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** A node or a device that is to stand on the map, as the layout is told of it. */
export interface MapThingInput {
  readonly id: string;
  readonly siteId: string;
  readonly siteName: string;
  readonly name: string;
  /** Whether it passes traffic on: a switch, a router. Others are ends, unless several links lead to them. */
  readonly isInfrastructure: boolean;
  /** Its place of before; null where it has none. */
  readonly at: (Place & { readonly isByHand: boolean; readonly tier: TopologyTier | null }) | null;
}

/** The same with the tier that its links give it; null where it has none. */
export interface MapThing extends MapThingInput {
  readonly tier: TopologyTier | null;
}

/** The things of a site and how they hang together. */
export interface SiteGraph {
  readonly members: readonly MapThing[];
  /** Neighbours of each thing at the same site, nearest to the core first. */
  readonly neighbours: ReadonlyMap<string, readonly string[]>;
  /** What hangs directly below each thing: a tree over all that is linked. */
  readonly below: ReadonlyMap<string, readonly string[]>;
  /** Tops of the trees: the core, and one for each part that is not linked to it. */
  readonly tops: readonly (readonly string[])[];
  /** What nothing is linked to. */
  readonly alone: readonly string[];
  /** All ids, from the core outwards. */
  readonly order: readonly string[];
}
