import type { BerWriter } from './ber-writer.ts';
import type { RequestWork } from './request-work.ts';
import type { MessageView } from './snmp-message.ts';

/**
 * The verdict on a reply: its PDU (`view.pdu`) answers the request; a step of SNMPv3's handshake, so the request is to
 * be written and sent again; or not an answer to us, to be dropped and counted under that name.
 */
export type Verdict =
  | 'answer'
  | 'again'
  | 'droppedUnknownId'
  | 'droppedWrongVersion'
  | 'droppedWrongCommunity'
  | 'droppedUnauthentic';

/** A security model around the PDUs of one session. */
export interface MessageCodec {
  /** Writes the next message: the request itself, or what must come before it. */
  write(writer: BerWriter, work: RequestWork, id: number): void;
  /** Judges a reply that came from the right address with the right id. Throws `SnmpError` when it ends the request. */
  open(view: MessageView): Verdict;
  /**
   * Notes that the last message got no answer, for the `attempt`-th time, and is to be repeated. True when it must be
   * written anew.
   */
  onSilence(attempt: number): boolean;
  /** Explains that the request got no answer at all, where the silence means more than `timeout`. */
  explainSilence(): Error | undefined;
}
