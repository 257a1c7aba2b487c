import { dominatorsOf, UNREACHED } from './dominators.ts';
import { reachFrom, type WatchedGroup, type WayNetwork } from './way-network.ts';

/** What happens when points are taken out. All are ids of nodes. */
export interface PlugOutcome {
  /** Nodes that no way leads to any more, without those that are taken out themselves. */
  readonly dark: readonly string[];
  /** Nodes to which two ways led that share nothing, and which have none to spare then. */
  readonly atRisk: readonly string[];
}

/** Finds what happens when some points are taken out of the network. */
export function pullPlug(
  network: WayNetwork,
  groups: readonly WatchedGroup[],
  pulled: readonly string[],
): PlugOutcome {
  const without = new Set(pulled.flatMap((id) => network.places.get(id) ?? []));
  const dark: string[] = [];
  const atRisk: string[] = [];
  for (const { starts, members } of groups) {
    const reached = reachFrom(network.nexts, starts, without);
    const from = network.nexts.with(0, starts);
    const [before, after] = [dominatorsOf(from), dominatorsOf(from, without)];
    for (const place of members) {
      if (without.has(place)) continue;
      const id = network.ids[place] ?? '';
      if (reached[place] === 0) dark.push(id);
      else if (before[place] === 0 && after[place] !== 0 && !starts.includes(place)) atRisk.push(id);
    }
  }
  return { dark: dark.toSorted(), atRisk: atRisk.toSorted() };
}

/** Lists devices that are no nodes and that some of the dark nodes take with them: nothing leads to them any more either. */
export function darkDevices(
  network: WayNetwork,
  groups: readonly WatchedGroup[],
  { devices, pulled }: { devices: readonly string[]; pulled: readonly string[] },
): string[] {
  const starts = groups.flatMap((group) => group.starts);
  const without = new Set(pulled.flatMap((id) => network.places.get(id) ?? []));
  const [before, after] = [reachFrom(network.nexts, starts), reachFrom(network.nexts, starts, without)];
  return devices.filter((id) => {
    const place = network.places.get(id);
    return place !== undefined && before[place] === 1 && after[place] === 0 && !without.has(place);
  });
}

/** Counts for each point the watched nodes that every way to passes it, itself not counted. */
export function darkCounts(network: WayNetwork, groups: readonly WatchedGroup[]): Int32Array {
  const counts = new Int32Array(network.ids.length);
  for (const { starts, members } of groups) {
    const dominators = dominatorsOf(network.nexts.with(0, starts));
    for (const member of members) {
      let place = dominators[member] as number;
      while (place !== UNREACHED && place !== 0) {
        counts[place] = (counts[place] as number) + 1;
        place = dominators[place] as number;
      }
    }
  }
  return counts;
}
