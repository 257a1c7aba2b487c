import {
  BerWriter,
  encodeOid,
  MessageView,
  type PasswordKeyCache,
  PduType,
  readMessage,
  SnmpError,
  ValueType,
} from '@stratora/snmp';
import { AgentUsm, writePdu } from './agent-usm.ts';
import type { DeviceSpec } from './device-spec.ts';
import { hostileAnswer, hostileMessage } from './hostile-answer.ts';
import { encodeVarbind } from './mib-image.ts';
import { SYS_NAME_OID } from './network-device.ts';
import { cutId } from './odd-walks.ts';
import { answerPdu, type PduAnswer } from './pdu-answer.ts';
import { PduTally } from './pdu-tally.ts';

const DEFAULT_MAX_REPLY_BYTES = 16_384;
/** Octets reserved around the list of varbinds: header, community and PDU fields, or those of SNMPv3. */
const ENVELOPE_BYTES = 256;
const view = new MessageView();
const writer = new BerWriter(65_536);

/** The clock and the cache of keys that agents share. */
export interface AgentContext {
  /** Unix time in whole seconds. */
  readonly nowSeconds: () => number;
  readonly passwordKeys: PasswordKeyCache;
}

/** Answers the datagrams of one device. */
export class SnmpAgent {
  readonly spec: DeviceSpec;
  readonly usm: AgentUsm;
  private readonly context: AgentContext;
  private readonly community: Buffer;
  private readonly overrides = new Map<number, Buffer>();
  private readonly maxListBytes: number;
  /** What it was asked, also where it does not answer. */
  readonly tally = new PduTally();
  private requests = 0;

  constructor(spec: DeviceSpec, context: AgentContext) {
    this.spec = spec;
    this.context = context;
    this.community = Buffer.from(spec.community ?? 'public');
    this.maxListBytes = (spec.maxReplyBytes ?? DEFAULT_MAX_REPLY_BYTES) - ENVELOPE_BYTES;
    const { passwordKeys, nowSeconds } = context;
    this.usm = new AgentUsm(spec.engineName ?? spec.address, spec.users ?? [], passwordKeys, nowSeconds);
    if (spec.name !== undefined) this.setName(spec.name);
  }

  /** Answers a datagram; undefined when there is no answer, as for anything that is not a request to this device. */
  answer(datagram: Buffer): Buffer | undefined {
    const { behaviour } = this.spec;
    this.requests++;
    if (behaviour?.kind === 'lossy' && this.requests % behaviour.every === 0) {
      this.tally.note(undefined);
      return undefined;
    }
    try {
      const message = this.open(datagram);
      return message === undefined || behaviour === undefined
        ? message
        : hostileMessage(behaviour, message, view.pdu.type);
    } catch (error) {
      if (!(error instanceof SnmpError)) throw error;
      this.tally.note(undefined);
      return undefined;
    }
  }

  private setName(name: string): void {
    const { image } = this.spec;
    const oid = encodeOid(SYS_NAME_OID);
    const at = image.find(oid, 0, oid.length);
    if (at >= 0) this.overrides.set(at, encodeVarbind(writer, oid, ValueType.octetString, name));
  }

  private open(datagram: Buffer): Buffer | undefined {
    readMessage(datagram, view, 'manager');
    this.spec.image.moveTo(this.context.nowSeconds());
    if (view.version === 3) {
      if (this.spec.users === undefined) return undefined;
      const request = this.usm.open(view);
      this.tally.note(Buffer.isBuffer(request) ? 'report' : view.pdu);
      if (request === undefined || Buffer.isBuffer(request)) return request;
      const context = request.contextName.toString();
      if (context !== '' && this.spec.contexts?.includes(context) === false) return undefined;
      return this.usm.seal(this.changeId(request), PduType.response, this.answerList(false));
    }
    this.tally.note(view.pdu);
    const { start, end } = view.community;
    if (this.community.length === 0 || !this.community.equals(datagram.subarray(start, end)))
      return undefined;
    if (view.version === 0 && view.pdu.type === PduType.getBulk) return undefined;
    return this.reply(this.answerList(view.version === 0));
  }

  private answerList(isVersion1: boolean): PduAnswer {
    const { image, behaviour } = this.spec;
    const right = answerPdu(view.pdu, {
      image,
      overrides: this.overrides,
      isVersion1,
      maxListBytes: this.maxListBytes,
    });
    return (behaviour === undefined ? undefined : hostileAnswer(behaviour, view.pdu, right)) ?? right;
  }

  private changeId<T extends { readonly messageId: number }>(request: T): T {
    const messageId = this.answeredId(request.messageId);
    return messageId === request.messageId ? request : { ...request, messageId };
  }

  private answeredId(id: number): number {
    const { behaviour } = this.spec;
    if (behaviour?.kind === 'shortIds') return cutId(id, behaviour);
    return behaviour?.kind === 'wrongId' ? id ^ 1 : id;
  }

  private reply(answer: PduAnswer): Buffer {
    const kind = this.spec.behaviour?.kind;
    const { version, pdu } = view;
    writer.reset();
    writePdu(writer, PduType.response, this.answeredId(pdu.requestId), answer);
    writer.octets(0x04, kind === 'wrongCommunity' ? Buffer.from('other') : this.community);
    writer.integer(kind === 'wrongVersion' ? 1 - version : version);
    writer.wrap(0x30, 0);
    return Buffer.from(writer.view());
  }
}
