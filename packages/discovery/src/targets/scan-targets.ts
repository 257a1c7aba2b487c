import {
  type AddressRange,
  addressNumber,
  addressText,
  countAddresses,
  DISCOVERY_ADDRESSES_MAX,
  parseDiscoveryTarget,
  parseWholeRange,
  planTargets,
  withoutRanges,
} from '@stratora/contract';

/** What is to be scanned, or in words why it cannot be. */
export interface ScanTargets {
  /** Sorted, without overlaps. */
  readonly ranges: readonly AddressRange[];
  readonly count: number;
  /** One sentence for each entry that cannot be used, and for a sum that is too large. */
  readonly faults: readonly string[];
}

/** Addresses that no packet of a scan is ever sent to, with the word for them. */
const NEVER: readonly { readonly range: AddressRange; readonly word: string }[] = [
  { range: rangeOf('0.0.0.0/8'), word: 'addresses of no host' },
  { range: rangeOf('224.0.0.0/4'), word: 'multicast addresses' },
  { range: rangeOf('240.0.0.0/4'), word: 'reserved and broadcast addresses' },
  { range: rangeOf('::/128'), word: 'the address of no host' },
  { range: rangeOf('ff00::/8'), word: 'multicast addresses' },
];
const NEVER_RANGES = NEVER.map(({ range }) => range);

/**
 * Reads what is to be scanned. Everything is counted as ranges: an address is made when its turn comes. Of a network of IPv4
 * the first and the last address are left out up to /30; multicast, broadcast and the like are always left out.
 */
export function readTargets(targets: readonly string[], exclude: readonly string[]): ScanTargets {
  const plan = planTargets(targets, exclude);
  const faults = plan.faults.map(({ list, at, message }) => {
    const text = (list === 'targets' ? targets : exclude)[at] ?? '';
    return `"${text}" ${message}.`;
  });
  for (const text of targets) {
    const { range } = parseDiscoveryTarget(text);
    const never = range && NEVER.find((one) => isWithin(range, one.range));
    if (never) faults.push(`"${text}" names ${never.word}, which are not scanned.`);
  }
  const ranges = withoutRanges(plan.ranges, NEVER_RANGES);
  const count = countAddresses(ranges);
  if (count > BigInt(DISCOVERY_ADDRESSES_MAX)) {
    faults.push(
      `The targets have ${count.toLocaleString('en')} addresses; a job scans ${DISCOVERY_ADDRESSES_MAX.toLocaleString('en')} at most.`,
    );
    return { ranges: [], count: 0, faults };
  }
  return { ranges, count: Number(count), faults };
}

/** A list of networks and addresses that can be asked whether it has an address. */
export class AddressFence {
  readonly #ranges: readonly AddressRange[];

  /** Takes networks with their first and last address; what cannot be read is left out. */
  constructor(entries: readonly string[]) {
    this.#ranges = entries.flatMap((entry) => parseWholeRange(entry).range ?? []);
  }

  has(address: string): boolean {
    const parsed = addressNumber(address);
    return (
      parsed !== undefined &&
      this.#ranges.some(
        ({ family, first, last }) =>
          family === parsed.family && parsed.number >= first && parsed.number <= last,
      )
    );
  }
}

/** Tells whether a packet may be sent to an address at all: one of a host, no multicast and no broadcast. */
export function isHostAddress(address: string): boolean {
  const parsed = addressNumber(address);
  if (parsed === undefined) return false;
  const { family, number } = parsed;
  return !NEVER_RANGES.some(
    (range) => range.family === family && number >= range.first && number <= range.last,
  );
}

/** Addresses by their place in joined ranges. */
export class AddressList {
  readonly count: number;
  readonly #ranges: readonly AddressRange[];
  /** Place of the first address of each range. */
  readonly #starts: readonly number[];

  constructor(ranges: readonly AddressRange[]) {
    this.#ranges = ranges;
    const starts: number[] = [];
    let count = 0;
    for (const { first, last } of ranges) {
      starts.push(count);
      count += Number(last - first + 1n);
    }
    this.#starts = starts;
    this.count = count;
  }

  /** Returns the address at a place from 0 to `count` - 1. @throws RangeError */
  at(place: number): string {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= place) low = middle;
      else high = middle - 1;
    }
    const range = this.#ranges[low];
    if (range === undefined || place < 0 || place >= this.count) throw new RangeError('no such address');
    return addressText(range.family, range.first + BigInt(place - (this.#starts[low] ?? 0)));
  }
}

function isWithin(inner: AddressRange, outer: AddressRange): boolean {
  return inner.family === outer.family && inner.first >= outer.first && inner.last <= outer.last;
}

function rangeOf(network: string): AddressRange {
  const { range } = parseWholeRange(network);
  if (range === undefined) throw new Error(`not a network: ${network}`);
  return range;
}
