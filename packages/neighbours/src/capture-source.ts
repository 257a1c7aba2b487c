import { type CaptureObject, SortedCapture } from '@stratora/snmp';
import type { NeighbourSource, WalkEnd } from './neighbour-source.ts';

const WHOLE: WalkEnd = { open: [], reason: undefined, extent: 'none', lost: 0, lostReason: undefined };
/** A walk that its caller had enough of. */
const CUT: WalkEnd = { ...WHOLE, open: [0] };

/** Makes the objects of a recording a source. It answers what a device that holds them would, column after column. */
export function captureSource(objects: readonly CaptureObject[]): NeighbourSource {
  const capture = new SortedCapture(objects);
  return {
    get: async (oids) =>
      new Map(
        oids.flatMap((oid) => {
          const object = capture.get(oid);
          return object === undefined ? [] : [[oid, object.value]];
        }),
      ),
    held: async (subtrees) => new Set(subtrees.filter((subtree) => capture.below(subtree).next().value)),
    walk: async (columns, onCell) => {
      for (const [column, root] of columns.entries()) {
        for (const { oid, value } of capture.below(root)) {
          const index = oid
            .slice(root.length + 1)
            .split('.')
            .map(Number);
          if (!onCell({ column, index, value })) return CUT;
        }
      }
      return WHOLE;
    },
    ofVlan: () => undefined,
  };
}
