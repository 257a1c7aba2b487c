import { damaged } from './ber-reader.ts';
import type { BerWriter } from './ber-writer.ts';
import type { MessageCodec, Verdict } from './message-codec.ts';
import type { RequestWork } from './request-work.ts';
import { type MessageView, PduType } from './snmp-message.ts';

/** Codec of SNMPv1 (wire version 0) and v2c (1): RFC 1157, RFC 1901. */
export class CommunityCodec implements MessageCodec {
  private readonly version: number;
  private readonly community: Buffer;
  /** Version and community as encoded in every message. */
  private readonly prefix: Buffer;

  constructor(version: 0 | 1, community: string, writer: BerWriter) {
    this.version = version;
    this.community = Buffer.from(community);
    writer.reset();
    writer.octets(0x04, this.community);
    writer.integer(version);
    this.prefix = Buffer.from(writer.view());
  }

  write(writer: BerWriter, work: RequestWork, id: number): void {
    const mark = writer.size;
    work.write(writer, id);
    writer.bytes(this.prefix);
    writer.wrap(0x30, mark);
  }

  open(view: MessageView): Verdict {
    if (view.version !== this.version) return 'droppedWrongVersion';
    const { buffer } = view;
    const { start, end } = view.community;
    const { community } = this;
    if (end - start !== community.length) return 'droppedWrongCommunity';
    for (let i = 0; i < community.length; i++) {
      if (buffer[start + i] !== community[i]) return 'droppedWrongCommunity';
    }
    if (view.pdu.type !== PduType.response) throw damaged('a report, which only SNMPv3 has');
    return 'answer';
  }

  onSilence(): boolean {
    return false;
  }

  explainSilence(): undefined {
    return undefined;
  }
}
