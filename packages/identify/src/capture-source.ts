import { type CaptureObject, compareOidText } from '@stratora/snmp';
import type { EvidenceSource } from './evidence-source.ts';
import { isBelow } from './object-name.ts';
import { objectText } from './object-text.ts';

/** Makes the objects of a recording a source of evidence. It answers what a device that holds them would. */
export function captureSource(objects: readonly CaptureObject[]): EvidenceSource {
  const sorted = objects.toSorted((a, b) => compareOidText(a.oid, b.oid));
  const byOid = new Map(sorted.map((object) => [object.oid, object]));
  const after = (oid: string): number => {
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
          return object === undefined ? [] : [[oid, objectText(object.value)]];
        }),
      ),
    firstBelow: async (subtrees) =>
      new Map(
        subtrees.flatMap((subtree) => {
          const object = sorted[after(subtree)];
          return object !== undefined && isBelow(object.oid, subtree)
            ? [[subtree, { oid: object.oid, text: objectText(object.value) }]]
            : [];
        }),
      ),
    rows: async (columns, maxRows) => {
      const rows = new Map<string, string[]>();
      for (const [column, root] of columns.entries()) {
        for (let at = after(root); at < sorted.length; at++) {
          const object = sorted[at];
          if (object === undefined || !isBelow(object.oid, root)) break;
          const index = object.oid.slice(root.length + 1);
          if (!rows.has(index) && rows.size >= maxRows) break;
          const row = rows.get(index) ?? columns.map(() => '');
          row[column] = objectText(object.value);
          rows.set(index, row);
        }
      }
      return rows;
    },
  };
}
