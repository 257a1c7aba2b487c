import { BerReader, damaged } from './ber-reader.ts';

/** PDU tags (RFC 3416). There is no SET: polling is read-only. */
export const PduType = { get: 0xa0, getNext: 0xa1, response: 0xa2, getBulk: 0xa5, report: 0xa8 } as const;

/** The wire's number of a version. */
export const WIRE_VERSION = { 1: 0, 2: 1, 3: 3 } as const;

/** SNMPv3 message flags (RFC 3412, section 6.4). */
export const MessageFlag = { auth: 0x01, priv: 0x02, reportable: 0x04 } as const;

/** A range of a buffer. */
export interface Range {
  start: number;
  end: number;
}

/** The PDU of a message, as ranges; one object, filled anew for every datagram. */
export class PduView {
  buffer: Buffer = Buffer.alloc(0);
  type = 0;
  requestId = 0;
  /** Error status; in a GETBULK the number of non-repeaters. */
  errorStatus = 0;
  /** Error index; in a GETBULK the number of repetitions. */
  errorIndex = 0;
  /** Name of the context, in v3 only. */
  readonly contextName: Range = { start: 0, end: 0 };
  /** The varbinds: [listStart, listEnd). */
  listStart = 0;
  listEnd = 0;
  /** End of what may belong to the varbinds: that of the message, should lengths be told wrongly by an octet. */
  hardEnd = 0;
}

/** A received message, as ranges; one object, filled anew for every datagram. */
export class MessageView {
  buffer: Buffer = Buffer.alloc(0);
  /** Version as on the wire: 0, 1 or 3. */
  version = 0;
  readonly community: Range = { start: 0, end: 0 };
  /** The PDU of v1 and v2c; in v3 after decryption. */
  readonly pdu = new PduView();
  /** v3 only, down to `scoped`. */
  messageId = 0;
  flags = 0;
  readonly engineId: Range = { start: 0, end: 0 };
  engineBoots = 0;
  engineTime = 0;
  readonly userName: Range = { start: 0, end: 0 };
  readonly authParameters: Range = { start: 0, end: 0 };
  readonly privParameters: Range = { start: 0, end: 0 };
  /** The content octets of the encrypted PDU, or the plain scoped PDU with its header. */
  readonly scoped: Range = { start: 0, end: 0 };

  /** The id that ties a reply to its request: the request id, in v3 the message id. */
  get id(): number {
    return this.version === 3 ? this.messageId : this.pdu.requestId;
  }
}

/** The sender of the messages that are read: an agent's answers and reports, or a manager's requests. */
export type Sender = 'agent' | 'manager';

/**
 * How many octets the lengths around the varbinds may be wrong by in v1 and v2c: a device that counts one of its values
 * wrongly adds that to all lengths around it.
 */
const MISCOUNT_OCTETS = 1;
const reader = new BerReader();

/** Reads a datagram into `view`; throws `bad_answer`. Of v3 it reads all but the scoped PDU. */
export function readMessage(buffer: Buffer, view: MessageView, sender: Sender = 'agent'): void {
  reader.reset(buffer, 0, buffer.length);
  reader.enterLast(0x30, sender === 'agent' ? MISCOUNT_OCTETS : 0, sender === 'agent');
  const { end } = reader;
  view.buffer = buffer;
  view.version = reader.integer();
  if (view.version === 3) {
    if (end > buffer.length) throw damaged('its length is told wrongly');
    // What follows the message is not signed with it.
    if (end < buffer.length) view.buffer = buffer.subarray(0, end);
    reader.limit = end;
    readUserMessage(view);
    return;
  }
  if (view.version !== 0 && view.version !== 1) throw damaged(`version number ${view.version}`);
  reader.expect(0x04);
  view.community.start = reader.start;
  view.community.end = reader.end;
  readPduBody(view.pdu, sender, sender === 'agent' ? MISCOUNT_OCTETS : 0);
}

function readUserMessage(view: MessageView): void {
  const messageLimit = reader.limit;
  reader.expect(0x30);
  const afterGlobal = reader.at;
  reader.limit = reader.end;
  reader.at = reader.start;
  view.messageId = reader.integer();
  reader.integer();
  reader.expect(0x04);
  if (reader.end - reader.start !== 1) throw damaged('message flags that are not one octet');
  view.flags = reader.buffer[reader.start] ?? 0;
  if (reader.integer() !== 3) throw damaged('a security model that was not asked for');
  reader.at = afterGlobal;
  reader.limit = messageLimit;
  reader.expect(0x04);
  const afterSecurity = reader.at;
  readSecurityParameters(view, reader.start, reader.end);
  reader.at = afterSecurity;
  reader.limit = messageLimit;
  const scopedAt = reader.at;
  const isEncrypted = (view.flags & MessageFlag.priv) !== 0;
  reader.expect(isEncrypted ? 0x04 : 0x30);
  if (reader.end !== messageLimit) throw damaged('there are octets after its end');
  view.scoped.start = isEncrypted ? reader.start : scopedAt;
  view.scoped.end = reader.end;
}

/** Reads UsmSecurityParameters (RFC 3414, section 2.4). */
function readSecurityParameters(view: MessageView, start: number, end: number): void {
  reader.at = start;
  reader.limit = end;
  reader.enterLast(0x30);
  readRange(view.engineId, 32);
  view.engineBoots = reader.integer();
  view.engineTime = reader.integer();
  if (view.engineBoots < 0 || view.engineTime < 0) throw damaged('an engine time below zero');
  readRange(view.userName, 32);
  readRange(view.authParameters, 64);
  readRange(view.privParameters, 8);
  if (reader.at !== end) throw damaged('there are octets after the security parameters');
}

function readRange(range: Range, maxLength: number): void {
  reader.expect(0x04);
  if (reader.end - reader.start > maxLength) throw damaged('a security parameter is too long');
  range.start = reader.start;
  range.end = reader.end;
}

/** Reads a scoped PDU (RFC 3412, section 6): its PDU goes to `pdu`. Padding may follow. */
export function readScopedPdu(
  buffer: Buffer,
  range: Readonly<Range>,
  pdu: PduView,
  sender: Sender = 'agent',
): void {
  reader.reset(buffer, range.start, range.end);
  reader.expect(0x30);
  reader.limit = reader.end;
  reader.at = reader.start;
  reader.expect(0x04);
  reader.expect(0x04);
  pdu.contextName.start = reader.start;
  pdu.contextName.end = reader.end;
  readPduBody(pdu, sender);
}

function readPduBody(pdu: PduView, sender: Sender, slack = 0): void {
  reader.last(slack, sender === 'agent');
  const isRequest =
    reader.tag === PduType.get || reader.tag === PduType.getNext || reader.tag === PduType.getBulk;
  const isAnswer = reader.tag === PduType.response || reader.tag === PduType.report;
  if (sender === 'agent' ? !isAnswer : !isRequest) {
    throw damaged(`a message of the unexpected type 0x${reader.tag.toString(16)}`);
  }
  pdu.buffer = reader.buffer;
  pdu.type = reader.tag;
  reader.at = reader.start;
  pdu.requestId = reader.integer();
  pdu.errorStatus = reader.integer();
  pdu.errorIndex = reader.integer();
  reader.enterLast(0x30, slack, sender === 'agent');
  pdu.listStart = reader.start;
  pdu.listEnd = Math.min(reader.end, reader.limit);
  pdu.hardEnd = reader.limit;
}
