import type { BerWriter } from './ber-writer.ts';
import type { PduView } from './snmp-message.ts';

/** A GET or walk as a sequence of PDUs: asked to write one, given the answer, until it is done. */
export interface RequestWork {
  /** Writes the next PDU. */
  write(writer: BerWriter, requestId: number): void;
  /** Takes the answer to the last PDU written; true when all is answered. Throws `SnmpError`. */
  accept(pdu: PduView, datagramBytes: number): boolean;
  /**
   * Notes that the last PDU written was not answered, for the `attempt`-th time. True when the next `write` will ask
   * for less, or in another way.
   */
  onSilence(attempt: number): boolean;
  /** Notes that all tries for the last PDU are used up. True when it will ask in another way, by tries of its own. */
  onGivenUp(): boolean;
  /** Octets that the answer to the last PDU written will need, roughly. */
  expectedBytes(): number;
}
