import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { DiscoveryCrawl } from '@stratora/contract';
import type { HostSource } from '../scan/host-source.ts';
import { ScanHost } from '../scan/scan-host.ts';
import { AddressFence, isHostAddress } from '../targets/scan-targets.ts';

export interface CrawlSourceOptions {
  /** Address of the device from which the crawl starts. */
  readonly seed: string;
  readonly crawl: Pick<DiscoveryCrawl, 'fence' | 'depth' | 'devices_max'>;
  /** Addresses to which nothing is sent, whoever names them. */
  readonly exclude: readonly string[];
  /** What an earlier crawl wrote. */
  readonly written: unknown;
  readonly onRemark: (sentence: string) => void;
}

/** An address that the crawl has come to, by its steps from the seed. */
interface Place {
  readonly depth: number;
  isDone: boolean;
}

/** Most characters of what is written; the rest of a cursor needs room too. */
const MOST_WRITTEN = 60_000;

/**
 * The addresses of a crawl: the seed, and the neighbours of devices that answered, as far as the fence, the depth and the
 * number of devices let it. Each address has one turn, however many devices name it.
 */
export class CrawlSource implements HostSource {
  readonly #options: CrawlSourceOptions;
  readonly #fence: AddressFence;
  readonly #excluded: AddressFence;
  readonly #places = new Map<string, Place>();
  readonly #waiting: ScanHost[] = [];
  #given = 0;
  #done = 0;
  #beyond = 0;
  #doneBefore = 0;

  constructor(options: CrawlSourceOptions) {
    this.#options = options;
    this.#fence = new AddressFence(options.crawl.fence);
    this.#excluded = new AddressFence(options.exclude);
    for (const [address, place] of readPlaces(options.written)) this.#add(address, place);
    if (this.#places.size === 0) this.#enter(options.seed, 0);
    if (this.#places.size === 0)
      options.onRemark(`The start of the crawl, ${options.seed}, is outside of its networks or left out.`);
  }

  get total(): number {
    return this.#places.size;
  }

  get doneBefore(): number {
    return this.#doneBefore;
  }

  /** True while no device is under way whose neighbours may still come. */
  get isDry(): boolean {
    return this.#waiting.length === 0 && this.#done === this.#given;
  }

  pull(most: number): ScanHost[] {
    const hosts = this.#waiting.splice(0, most);
    this.#given += hosts.length;
    return hosts;
  }

  onDone(host: ScanHost): void {
    this.#done += 1;
    const place = this.#places.get(host.address);
    if (place === undefined) return;
    place.isDone = true;
    if (place.depth >= this.#options.crawl.depth) return;
    for (const { address } of host.neighbours) if (address !== null) this.#enter(address, place.depth + 1);
  }

  written(): unknown {
    const depths = new Map<string, string[]>();
    for (const [address, { depth, isDone }] of this.#places) {
      const key = `${isDone ? 'd' : 'w'}${depth}`;
      const list = depths.get(key);
      if (list === undefined) depths.set(key, [address]);
      else list.push(address);
    }
    const text = [...depths].map(([key, addresses]) => `${key}:${addresses.toSorted().join(' ')}`).join('\n');
    const packed = deflateRawSync(text, { level: 9 }).toString('base64');
    // A crawl that is too wide to be written begins anew when it is broken off: nothing is lost by that but time.
    return packed.length <= MOST_WRITTEN ? packed : '';
  }

  #enter(address: string, depth: number): void {
    if (this.#places.has(address) || !isHostAddress(address)) return;
    if (!this.#fence.has(address) || this.#excluded.has(address)) return;
    if (this.#places.size >= this.#options.crawl.devices_max) {
      this.#beyond += 1;
      if (this.#beyond === 1)
        this.#options.onRemark(
          `The crawl has come to ${this.#options.crawl.devices_max} devices, its limit: further neighbours were not asked.`,
        );
      return;
    }
    this.#add(address, { depth, isDone: false });
  }

  #add(address: string, place: Place): void {
    this.#places.set(address, place);
    if (place.isDone) this.#doneBefore += 1;
    if (!place.isDone) this.#waiting.push(new ScanHost(address, this.#places.size));
  }
}

function readPlaces(written: unknown): [string, Place][] {
  if (typeof written !== 'string' || written === '') return [];
  try {
    const text = inflateRawSync(Buffer.from(written, 'base64'), {
      maxOutputLength: 4 * 1024 * 1024,
    }).toString('utf8');
    return text.split('\n').flatMap((line) => {
      const [, state, depth, addresses = ''] = /^([dw])(\d{1,2}):(.*)$/.exec(line) ?? [];
      return addresses
        .split(' ')
        .filter((address) => address !== '')
        .map((address): [string, Place] => [address, { depth: Number(depth), isDone: state === 'd' }]);
    });
  } catch {
    return [];
  }
}
