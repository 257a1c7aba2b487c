import { ProbeOrder } from '../targets/probe-order.ts';
import { AddressList, type ScanTargets } from '../targets/scan-targets.ts';
import { ScanHost } from './scan-host.ts';
import { TurnSet } from './turn-set.ts';

/** Where the addresses of a scan come from. */
export interface HostSource {
  /** Gives up to `most` addresses that were not given yet; fewer, or none, where there are no more now. */
  pull(most: number): ScanHost[];
  /** Whether it will never give another one. */
  readonly isDry: boolean;
  /** Addresses in all, as far as is known, and those of them that an earlier scan has done. */
  readonly total: number;
  readonly doneBefore: number;
  /** Takes a host whose examination is over, and which is told of. */
  onDone(host: ScanHost): void;
  /** Writes which addresses are done, for `cursor` of a later source: a text of letters, digits and a few signs. */
  written(): unknown;
}

/** The addresses of ranges, in an order that spreads them. */
export class RangeSource implements HostSource {
  readonly #list: AddressList;
  readonly #order: ProbeOrder;
  readonly #done: TurnSet;
  readonly #before: TurnSet;
  #next = 0;

  /**
   * @param seed makes the order: that of a later source must be the same
   * @param written what an earlier one wrote
   */
  constructor({ ranges }: Pick<ScanTargets, 'ranges'>, seed: string, written: unknown) {
    this.#list = new AddressList(ranges);
    this.#order = new ProbeOrder(this.#list.count, seed);
    this.#done = TurnSet.read(written, this.#list.count);
    this.#before = TurnSet.read(written, this.#list.count);
    this.#skip();
  }

  get total(): number {
    return this.#list.count;
  }

  get doneBefore(): number {
    return this.#before.size;
  }

  get isDry(): boolean {
    return this.#next >= this.#list.count;
  }

  pull(most: number): ScanHost[] {
    const hosts: ScanHost[] = [];
    while (hosts.length < most && !this.isDry) {
      const turn = this.#next++;
      hosts.push(new ScanHost(this.#list.at(this.#order.place(turn)), turn));
      this.#skip();
    }
    return hosts;
  }

  onDone({ turn }: ScanHost): void {
    this.#done.add(turn);
  }

  written(): unknown {
    return this.#done.written();
  }

  #skip(): void {
    while (!this.isDry && this.#before.has(this.#next)) this.#next += 1;
  }
}
