import type { WayNetwork } from './way-network.ts';

/** Number of a point that the first one does not lead to. */
export const UNREACHED = -1;

/**
 * Finds for each point the last one that every way from the first point to it passes: its immediate dominator. By Cooper, Harvey
 * and Kennedy, "A Simple, Fast Dominance Algorithm" (2001).
 *
 * @param without points that are taken out
 * @returns the dominator of each point; `UNREACHED` where no way leads
 */
export function dominatorsOf(
  nexts: WayNetwork['nexts'],
  without: ReadonlySet<number> = new Set(),
): Int32Array {
  const order = postorder(nexts, without);
  const rank = new Int32Array(nexts.length).fill(UNREACHED);
  for (const [index, place] of order.entries()) rank[place] = index;
  const before: number[][] = nexts.map(() => []);
  for (const place of order) for (const next of nexts[place] ?? []) before[next]?.push(place);
  const dominators = new Int32Array(nexts.length).fill(UNREACHED);
  dominators[0] = 0;
  const meet = (a: number, b: number) => {
    let [one, other] = [a, b];
    while (one !== other) {
      while ((rank[one] as number) < (rank[other] as number)) one = dominators[one] as number;
      while ((rank[other] as number) < (rank[one] as number)) other = dominators[other] as number;
    }
    return one;
  };
  for (let isChanged = true; isChanged; ) {
    isChanged = false;
    for (let index = order.length - 2; index >= 0; index -= 1) {
      const place = order[index] as number;
      let found = UNREACHED;
      for (const from of before[place] ?? []) {
        if (dominators[from] !== UNREACHED) found = found === UNREACHED ? from : meet(from, found);
      }
      if (dominators[place] === found) continue;
      dominators[place] = found;
      isChanged = true;
    }
  }
  return dominators;
}

/** Lists the points that are reached, each after all that it leads to but for circles. */
function postorder(nexts: WayNetwork['nexts'], without: ReadonlySet<number>): number[] {
  const seen = new Uint8Array(nexts.length);
  const order: number[] = [];
  const stack: { place: number; next: number }[] = [{ place: 0, next: 0 }];
  seen[0] = 1;
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const following = nexts[top.place]?.[top.next];
    top.next += 1;
    if (following === undefined) {
      order.push(top.place);
      stack.pop();
    } else if (seen[following] === 0 && !without.has(following)) {
      seen[following] = 1;
      stack.push({ place: following, next: 0 });
    }
  }
  return order;
}
