import { type Device, otherDevice } from './device.ts';
import type { End } from './line.ts';
import { compareText, stableId } from './stable-id.ts';
import type { InferredSwitch, LinkEnd } from './topology-model.ts';
import { endKey } from './wire-segments.ts';

/** Most addresses that an inferred switch lists. */
const LISTED_MACS = 50;

export interface InferredDraft {
  readonly siteId: string;
  readonly why: InferredSwitch['why'];
  readonly ends: readonly End[];
  /** Addresses behind it that belong to no node. */
  readonly macs: readonly string[];
  readonly words: string;
  readonly atMs: number;
}

/** Switches that nobody can ask. One that shares a port with one of before is that one. */
export class InferredSwitches {
  readonly list: InferredSwitch[] = [];
  readonly #byPort = new Map<string, InferredSwitch>();
  readonly #taken = new Set<string>();

  constructor(previous: readonly InferredSwitch[]) {
    for (const old of previous.toSorted((a, b) => compareText(a.id, b.id)))
      for (const port of old.ports) {
        const key = portKey(port);
        if (key !== undefined && !this.#byPort.has(key)) this.#byPort.set(key, old);
      }
  }

  add({ siteId, why, ends, macs, words, atMs }: InferredDraft): Device {
    const ports = ends
      .toSorted((a, b) => compareText(endKey(a), endKey(b)))
      .map(({ device, port }) => ({ device: device.ref, interface: port?.ref ?? null }));
    const old = ports
      .map((port) => this.#byPort.get(portKey(port) ?? ''))
      .find((found) => found !== undefined && !this.#taken.has(found.id));
    const own = stableId('inferred', siteId, ...ends.slice(0, 1).map(endKey));
    const id = old?.id ?? (this.#taken.has(own) ? stableId('inferred', own, String(this.#taken.size)) : own);
    this.#taken.add(id);
    this.list.push({
      id,
      siteId,
      why,
      words,
      ports,
      macAddresses: macs.slice(0, LISTED_MACS),
      macCount: macs.length,
      firstSeenMs: Math.min(old?.firstSeenMs ?? atMs, atMs),
      lastSeenMs: atMs,
    });
    return otherDevice('inferred', { id, label: 'an unmanaged switch', role: 'switch', siteId });
  }
}

function portKey({ device, interface: port }: LinkEnd): string | undefined {
  return device.kind === 'node' && port !== null ? `${device.id}|${port.key}` : undefined;
}
