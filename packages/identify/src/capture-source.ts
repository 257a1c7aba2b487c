import { type CaptureObject, SortedCapture } from '@stratora/snmp';
import type { EvidenceSource } from './evidence-source.ts';
import { objectText } from './object-text.ts';

/** Makes the objects of a recording a source of evidence. It answers what a device that holds them would. */
export function captureSource(objects: readonly CaptureObject[]): EvidenceSource {
  const capture = new SortedCapture(objects);
  return {
    get: async (oids) =>
      new Map(
        oids.flatMap((oid) => {
          const object = capture.get(oid);
          return object === undefined ? [] : [[oid, objectText(object.value)]];
        }),
      ),
    firstBelow: async (subtrees) =>
      new Map(
        subtrees.flatMap((subtree) => {
          const object = capture.below(subtree).next().value;
          return object ? [[subtree, { oid: object.oid, text: objectText(object.value) }]] : [];
        }),
      ),
    rows: async (columns, maxRows) => {
      const rows = new Map<string, string[]>();
      for (const [column, root] of columns.entries()) {
        for (const { oid, value } of capture.below(root)) {
          const index = oid.slice(root.length + 1);
          if (!rows.has(index) && rows.size >= maxRows) break;
          const row = rows.get(index) ?? columns.map(() => '');
          row[column] = objectText(value);
          rows.set(index, row);
        }
      }
      return rows;
    },
  };
}
