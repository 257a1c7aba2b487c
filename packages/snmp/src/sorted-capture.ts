import { compareOidText } from './oid-codec.ts';
import type { CaptureObject } from './snmprec-file.ts';

/** A recording in the order of OIDs, in which a device would be walked. */
export class SortedCapture {
  readonly objects: readonly CaptureObject[];
  readonly #byOid: ReadonlyMap<string, CaptureObject>;

  constructor(objects: readonly CaptureObject[]) {
    this.objects = objects.toSorted((a, b) => compareOidText(a.oid, b.oid));
    this.#byOid = new Map(this.objects.map((object) => [object.oid, object]));
  }

  get(oid: string): CaptureObject | undefined {
    return this.#byOid.get(oid);
  }

  /** Lists the objects below a subtree, in order, one after the other as they are asked for. */
  *below(subtree: string): Generator<CaptureObject> {
    for (let at = this.#firstAfter(subtree); at < this.objects.length; at += 1) {
      const object = this.objects[at];
      if (!object?.oid.startsWith(`${subtree}.`)) return;
      yield object;
    }
  }

  #firstAfter(oid: string): number {
    let low = 0;
    let high = this.objects.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compareOidText(this.objects[middle]?.oid ?? '', oid) > 0) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
