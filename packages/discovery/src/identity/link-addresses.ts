import { readFile } from 'node:fs/promises';
import { type Clock, systemClock } from '@stratora/runtime';

const KEEP_MS = 2_000;
/** The same for an address that it did not have: a host that has just answered is in it by now. */
const KEEP_WITHOUT_MS = 50;
/** A row of Linux's table: address, type, flags (0x2: complete), MAC address. */
const ROW = /^(\d+\.\d+\.\d+\.\d+)\s+0x1\s+0x[0-9a-f]*[2367abef]\s+([0-9a-f]{2}(?::[0-9a-f]{2}){5})\s/i;

/**
 * The MAC addresses of hosts on a link of this machine, from the kernel's own table: nothing is sent for it. Empty where there is
 * no such table.
 */
export class LinkAddresses {
  readonly #clock: Clock;
  readonly #file: string;
  #table: ReadonlyMap<string, string> = new Map();
  #readAt = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock = systemClock, file = '/proc/net/arp') {
    this.#clock = clock;
    this.#file = file;
  }

  async find(address: string): Promise<string | undefined> {
    const now = this.#clock.monotonic();
    const keepMs = this.#table.has(address) ? KEEP_MS : KEEP_WITHOUT_MS;
    if (now - this.#readAt >= keepMs) {
      this.#readAt = now;
      const text = await readFile(this.#file, 'utf8').catch(() => '');
      this.#table = new Map(
        text.split('\n').flatMap((line): [string, string][] => {
          const [, found, mac] = ROW.exec(line) ?? [];
          return found === undefined || mac === undefined || mac === '00:00:00:00:00:00'
            ? []
            : [[found, mac]];
        }),
      );
    }
    return this.#table.get(address);
  }
}
