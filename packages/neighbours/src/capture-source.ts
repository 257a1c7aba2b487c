import { type CaptureObject, compareOidText } from '@stratora/snmp';
import type { NeighbourSource, WalkEnd } from './neighbour-source.ts';

const WHOLE: WalkEnd = { open: [], reason: undefined, extent: 'none', lost: 0, lostReason: undefined };
/** A walk that its caller had enough of. */
const CUT: WalkEnd = { ...WHOLE, open: [0] };

/** Makes the objects of a recording a source. It answers what a device that holds them would, column after column. */
export function captureSource(objects: readonly CaptureObject[]): NeighbourSource {
  const sorted = objects.toSorted((a, b) => compareOidText(a.oid, b.oid));
  const byOid = new Map(sorted.map((object) => [object.oid, object]));
  const firstAfter = (oid: string): number => {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compareOidText(sorted[middle]?.oid ?? '', oid) > 0) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  return {
    get: async (oids) =>
      new Map(
        oids.flatMap((oid) => {
          const object = byOid.get(oid);
          return object === undefined ? [] : [[oid, object.value]];
        }),
      ),
    held: async (subtrees) =>
      new Set(subtrees.filter((subtree) => sorted[firstAfter(subtree)]?.oid.startsWith(`${subtree}.`))),
    walk: async (columns, onCell) => {
      for (const [column, root] of columns.entries()) {
        for (let at = firstAfter(root); at < sorted.length; at++) {
          const object = sorted[at];
          if (object === undefined || !object.oid.startsWith(`${root}.`)) break;
          const index = object.oid
            .slice(root.length + 1)
            .split('.')
            .map(Number);
          if (!onCell({ column, index, value: object.value })) return CUT;
        }
      }
      return WHOLE;
    },
    ofVlan: () => undefined,
  };
}
