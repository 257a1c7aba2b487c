import type { DiscoveryPartInput, FoundDeviceInput } from '@stratora/contract';
import { DISCOVERY_PART_DEVICES, DISCOVERY_PART_LEDGER } from '@stratora/contract/wire';
import { sanitizeText } from '@stratora/runtime';
import type { PacketLedger } from '../pace/packet-ledger.ts';

/** Most characters of the devices of one part: a report has a limit. */
const MOST_DEVICE_CHARACTERS = 400_000;
/** Most remarks of one part, and of a run. */
const MOST_REMARKS = 100;

/** What a part tells beside what was gathered. */
export interface PartFrame {
  readonly progress: DiscoveryPartInput['progress'];
  readonly cursor: string;
  readonly end: NonNullable<DiscoveryPartInput['end']> | null;
}

/**
 * Gathers what a scan finds, and makes parts of it. What was gathered at one moment may take several parts: all but the last have the
 * cursor of the moment before, so that nothing is passed over that no part has told of yet.
 */
export class PartGatherer {
  readonly #ledger: PacketLedger;
  #devices: FoundDeviceInput[] = [];
  #remarks: string[] = [];
  readonly #said = new Set<string>();
  #next: number;
  #cursor: string;

  /** @param next number of the next part; `cursor` the one of the order */
  constructor(ledger: PacketLedger, { next, cursor }: { readonly next: number; readonly cursor: string }) {
    this.#ledger = ledger;
    this.#next = next;
    this.#cursor = cursor;
  }

  /** Whether there is enough for a part that should not wait. */
  get isFull(): boolean {
    return this.#devices.length >= DISCOVERY_PART_DEVICES || this.#ledger.rows >= DISCOVERY_PART_LEDGER;
  }

  add(device: FoundDeviceInput): void {
    this.#devices.push(device);
  }

  /** Notes a remark on the whole run; each is told once. */
  remark(sentence: string): void {
    const text = sanitizeText(sentence);
    if (this.#said.size >= MOST_REMARKS || this.#said.has(text)) return;
    this.#said.add(text);
    this.#remarks.push(text);
  }

  /** Makes parts of all that was gathered: one at least. */
  take(frame: PartFrame): DiscoveryPartInput[] {
    const devices = packs(this.#devices);
    const ledgers: DiscoveryPartInput['ledger'][] = [];
    while (this.#ledger.rows > 0) ledgers.push(this.#ledger.take(DISCOVERY_PART_LEDGER));
    const remarks = this.#remarks;
    this.#devices = [];
    this.#remarks = [];
    const count = Math.max(1, devices.length, ledgers.length);
    const parts = Array.from({ length: count }, (_, at): DiscoveryPartInput => {
      const isLast = at === count - 1;
      return {
        part: this.#next++,
        progress: frame.progress,
        cursor: isLast ? frame.cursor : this.#cursor,
        devices: devices[at] ?? [],
        ledger: ledgers[at] ?? [],
        remarks: at === 0 ? remarks : [],
        end: isLast ? frame.end : null,
      };
    });
    this.#cursor = frame.cursor;
    return parts;
  }
}

/** Puts devices into packs that fit into a part each. */
function packs(devices: readonly FoundDeviceInput[]): FoundDeviceInput[][] {
  const made: FoundDeviceInput[][] = [];
  let pack: FoundDeviceInput[] = [];
  let characters = 0;
  for (const device of devices) {
    const own = JSON.stringify(device).length;
    if (
      pack.length >= DISCOVERY_PART_DEVICES ||
      (pack.length > 0 && characters + own > MOST_DEVICE_CHARACTERS)
    ) {
      made.push(pack);
      pack = [];
      characters = 0;
    }
    pack.push(device);
    characters += own;
  }
  return pack.length > 0 ? [...made, pack] : made;
}
