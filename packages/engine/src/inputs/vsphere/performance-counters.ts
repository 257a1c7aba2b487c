import { retrieveObject } from './vim-requests.ts';
import type { VimCalls } from './vim-session.ts';
import { childrenOf, textAt, type XmlElement } from './xml-tree.ts';

/** A counter of a vSphere server. */
export interface PerfCounter {
  readonly id: number;
  /** Its name of group, name and rollup: `cpu.usage.average`. */
  readonly name: string;
  /** True for hundredths of a percent. */
  readonly isPercent: boolean;
  /** How the server makes one sample of many: `average`, `summation`, `latest`, `maximum`, `minimum`, `none`. */
  readonly rollup: string;
}

/** Reads all counters of a server by their names; the numbers differ from one to the next. */
export async function readCounters({ content, call }: VimCalls): Promise<ReadonlyMap<string, PerfCounter>> {
  const request = retrieveObject(content.propertyCollector, content.perfManager, ['perfCounter']);
  const answer = await call(request);
  const counters = new Map<string, PerfCounter>();
  for (const object of childrenOf(answer.children[0], 'objects')) {
    for (const property of childrenOf(object, 'propSet')) {
      const [value] = childrenOf(property, 'val');
      for (const info of childrenOf(value, 'PerfCounterInfo')) addCounter(counters, info);
    }
  }
  return counters;
}

function addCounter(counters: Map<string, PerfCounter>, info: XmlElement): void {
  const id = Number(textAt(info, 'key') || Number.NaN);
  const rollup = textAt(info, 'rollupType');
  const name = `${textAt(info, 'groupInfo', 'key')}.${textAt(info, 'nameInfo', 'key')}.${rollup}`;
  if (!Number.isSafeInteger(id)) return;
  counters.set(name, { id, name, isPercent: textAt(info, 'unitInfo', 'key') === 'percent', rollup });
}
