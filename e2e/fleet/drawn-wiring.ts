import type { TopologyLink } from '@stratora/contract';

/** Lines of a map and of a wiring, where they differ: `core-1 Te1/0/1 - dist-1 Te1/1/1`, ends in the order of their names. */
export interface WiringDifference {
  /** Lines that are wired and not drawn. */
  missing: string[];
  /** Lines that are drawn and not wired. */
  invented: string[];
}

/** Compares the lines of a map with those that are wired. */
export function compareWiring(drawn: readonly string[], wired: readonly string[]): WiringDifference {
  return {
    missing: wired.filter((line) => !drawn.includes(line)).toSorted(),
    // A line that is drawn twice is invented once.
    invented: drawn.filter((line, at) => !wired.includes(line) || drawn.indexOf(line) !== at).toSorted(),
  };
}

export function lineText(...ends: readonly [string, string]): string {
  return ends.toSorted().join(' - ');
}

/** Lists links, each with the names of its ends and their interfaces. */
export function drawnLines(links: readonly TopologyLink[]): string[] {
  return links.map((link) => drawnLine(link));
}

/** Tells whether both ends of a link are monitored. */
export function isBetweenNodes({ a, b }: TopologyLink): boolean {
  return a.node_id !== null && b.node_id !== null;
}

export function drawnLine({ a, b }: Pick<TopologyLink, 'a' | 'b'>): string {
  return lineText(endText(a), endText(b));
}

function endText({ name, interface: port }: TopologyLink['a']): string {
  return `${name ?? '?'} ${port ?? '?'}`;
}
