import { PduType, type PduView } from '@stratora/snmp';

const SECOND_MS = 1000;

/** What a device was asked: the proof of how gently, and that nobody wrote to it. */
export class PduTally {
  get = 0;
  getNext = 0;
  getBulk = 0;
  /** Requests of SNMPv3 that a report answered: discovery, a wrong clock or login. */
  reported = 0;
  /** Datagrams that are no GET, GETNEXT or GETBULK: a SET, or what cannot be read. */
  others = 0;
  /** Most rows that one GETBULK asked for. */
  mostRepetitions = 0;
  /** Most datagrams within any second. */
  mostPerSecond = 0;
  /** Times of the datagrams of the last second, by `performance.now()`. */
  readonly #lately: number[] = [];

  /** Takes note of a datagram; undefined for one that holds no request that can be read. */
  note(pdu: PduView | 'report' | undefined, now = performance.now()): void {
    this.#lately.push(now);
    while ((this.#lately[0] ?? now) <= now - SECOND_MS) this.#lately.shift();
    this.mostPerSecond = Math.max(this.mostPerSecond, this.#lately.length);
    if (pdu === 'report') this.reported++;
    else if (pdu?.type === PduType.get) this.get++;
    else if (pdu?.type === PduType.getNext) this.getNext++;
    else if (pdu?.type === PduType.getBulk) {
      this.getBulk++;
      // The field of an error's index holds max-repetitions in a GETBULK (RFC 3416).
      this.mostRepetitions = Math.max(this.mostRepetitions, pdu.errorIndex);
    } else this.others++;
  }
}
