import { createHash } from 'node:crypto';
import {
  AUTH_ALGORITHMS,
  BerWriter,
  decryptScoped,
  deriveKeys,
  encodeOid,
  encryptScoped,
  isDigestRight,
  MessageFlag,
  type MessageView,
  messageDigest,
  type PasswordKeyCache,
  PduType,
  readScopedPdu,
  type UsmKeys,
  type UsmUser,
  ValueType,
} from '@stratora/snmp';
import { encodeVarbind } from './mib-image.ts';
import type { PduAnswer } from './pdu-answer.ts';

const TIME_WINDOW_SECONDS = 150;
const MAX_MESSAGE_BYTES = 65_507;
const EMPTY = Buffer.alloc(0);
const NO_CLOCK = { boots: 0, time: 0 };
const scratch = new BerWriter(65_536);
const writer = new BerWriter(65_536);

/** OID of the usmStats counters (RFC 3414, section 5), whose reports refuse requests. */
const USM_STATS = '1.3.6.1.6.3.15.1.1';
const Refusal = {
  unsupportedSecLevels: 1,
  notInTimeWindows: 2,
  unknownUserNames: 3,
  unknownEngineIds: 4,
  wrongDigests: 5,
} as const;

/** A request that passed the checks: its user, and how the answer is to be secured. */
export interface SecuredRequest {
  readonly messageId: number;
  readonly requestId: number;
  readonly user: UsmUser | undefined;
  /** Level flags of the answer. */
  readonly flags: number;
  readonly contextName: Buffer;
  /** True for an answer that tells no clock. */
  readonly isWithoutClock?: boolean;
}

/** The SNMPv3 side of a simulated agent: authoritative engine with users (RFC 3414). */
export class AgentUsm {
  readonly engineId: Buffer;
  private readonly users: ReadonlyMap<string, UsmUser>;
  private readonly cache: PasswordKeyCache;
  private readonly now: () => number;
  private bootedAt: number;
  private readonly keys = new Map<UsmUser, UsmKeys>();
  /**
   * How it treats its clock: `lax` does not check that of requests; `bare` tells none in its answer to discovery, and does
   * not sign the report on a wrong one.
   */
  clockHabit: 'strict' | 'lax' | 'bare' = 'strict';
  private boots = 1;
  private refused = 0;

  /** @param now Unix time in seconds */
  constructor(name: string, users: readonly UsmUser[], cache: PasswordKeyCache, now: () => number) {
    // RFC 3411: the enterprise's number with the top bit set, format 5 (octets), then octets of this engine's own.
    const own = createHash('sha256').update(name).digest().subarray(0, 8);
    this.engineId = Buffer.concat([Buffer.from([0x80, 0x00, 0x1f, 0x88, 0x05]), own]);
    this.users = new Map(users.map((user) => [user.secName, user]));
    this.cache = cache;
    this.now = now;
    this.bootedAt = now() - 1_000;
  }

  /** Counts a restart: managers are then out of the time window. */
  restart(): void {
    this.boots++;
  }

  /** Starts anew with a clock that knows of no earlier start. */
  loseClock(): void {
    this.boots = 1;
    this.bootedAt = this.now();
  }

  /** Checks a request; a Buffer is the report that refuses it, undefined means that it is dropped. */
  open(view: MessageView): SecuredRequest | Buffer | undefined {
    const level = view.flags & (MessageFlag.auth | MessageFlag.priv);
    if (!this.engineId.equals(view.buffer.subarray(view.engineId.start, view.engineId.end))) {
      return this.report(view, Refusal.unknownEngineIds, undefined);
    }
    const user = this.users.get(view.buffer.toString('utf8', view.userName.start, view.userName.end));
    if (user === undefined) return this.report(view, Refusal.unknownUserNames, undefined);
    if (level > levelOf(user) || level === MessageFlag.priv) {
      return this.report(view, Refusal.unsupportedSecLevels, undefined);
    }
    if ((level & MessageFlag.auth) !== 0) {
      const { auth } = this.keysOf(user);
      if (!isDigestRight(user.authProtocol ?? 'SHA', auth, view.buffer, view.authParameters)) {
        return this.report(view, Refusal.wrongDigests, undefined);
      }
      const isFresh =
        view.engineBoots === this.boots && Math.abs(view.engineTime - this.time()) <= TIME_WINDOW_SECONDS;
      const signer = this.clockHabit === 'bare' ? undefined : user;
      if (!isFresh && this.clockHabit !== 'lax') return this.report(view, Refusal.notInTimeWindows, signer);
    }
    return this.read(view, user, level);
  }

  /** Builds the whole message around an answer. */
  seal(request: SecuredRequest, pduType: number, answer: PduAnswer): Buffer {
    const { user, flags } = request;
    const clock = request.isWithoutClock === true ? NO_CLOCK : { boots: this.boots, time: this.time() };
    writer.reset();
    let salt: Buffer = EMPTY;
    if ((flags & MessageFlag.priv) !== 0 && user !== undefined) {
      scratch.reset();
      this.writeScoped(scratch, request, pduType, answer);
      const sealed = encryptScoped(user.privProtocol ?? 'AES', this.keysOf(user).priv, clock, scratch.view());
      writer.octets(0x04, sealed.data);
      salt = sealed.salt;
    } else {
      this.writeScoped(writer, request, pduType, answer);
    }
    const algorithm = AUTH_ALGORITHMS[user?.authProtocol ?? 'SHA'];
    const digest = Buffer.alloc((flags & MessageFlag.auth) === 0 ? 0 : algorithm.digestBytes);
    const mark = writer.size;
    writer.octets(0x04, salt);
    writer.octets(0x04, digest);
    const digestFromEnd = writer.size - 2;
    writer.octets(0x04, Buffer.from(user?.secName ?? ''));
    writer.integer(clock.time);
    writer.integer(clock.boots);
    writer.octets(0x04, this.engineId);
    writer.wrap(0x30, mark);
    writer.wrap(0x04, mark);
    writeHeader(request);
    const message = Buffer.from(writer.view());
    if (digest.length > 0 && user !== undefined) {
      const right = messageDigest(user.authProtocol ?? 'SHA', this.keysOf(user).auth, message);
      message.set(right, message.length - digestFromEnd);
    }
    return message;
  }

  private time(): number {
    return Math.floor(this.now() - this.bootedAt);
  }

  private read(view: MessageView, user: UsmUser, level: number): SecuredRequest | undefined {
    let buffer = view.buffer;
    let range = view.scoped;
    if ((level & MessageFlag.priv) !== 0) {
      const sealed = {
        data: buffer.subarray(range.start, range.end),
        salt: buffer.subarray(view.privParameters.start, view.privParameters.end),
      };
      const clock = { boots: view.engineBoots, time: view.engineTime };
      const plain = decryptScoped(user.privProtocol ?? 'AES', this.keysOf(user).priv, clock, sealed);
      if (plain === undefined) return undefined;
      buffer = plain;
      range = { start: 0, end: plain.length };
    }
    readScopedPdu(buffer, range, view.pdu, 'manager');
    const { contextName } = view.pdu;
    return {
      messageId: view.messageId,
      requestId: view.pdu.requestId,
      user,
      flags: level,
      contextName: Buffer.from(buffer.subarray(contextName.start, contextName.end)),
    };
  }

  /** Builds a report; it is authenticated only with a user whose digest was right, which is for notInTimeWindows. */
  private report(view: MessageView, refusal: number, user: UsmUser | undefined): Buffer | undefined {
    if ((view.flags & MessageFlag.reportable) === 0) return undefined;
    const oid = encodeOid(`${USM_STATS}.${refusal}.0`);
    const list = encodeVarbind(scratch, oid, ValueType.counter32, ++this.refused);
    return this.seal(
      {
        messageId: view.messageId,
        requestId: view.messageId,
        user,
        flags: user === undefined ? 0 : MessageFlag.auth,
        contextName: EMPTY,
        isWithoutClock: this.clockHabit === 'bare' && refusal === Refusal.unknownEngineIds,
      },
      PduType.report,
      { status: 0, index: 0, list },
    );
  }

  private writeScoped(target: BerWriter, request: SecuredRequest, pduType: number, answer: PduAnswer): void {
    const mark = target.size;
    writePdu(target, pduType, request.requestId, answer);
    target.octets(0x04, request.contextName);
    target.octets(0x04, this.engineId);
    target.wrap(0x30, mark);
  }

  private keysOf(user: UsmUser): UsmKeys {
    let keys = this.keys.get(user);
    if (keys === undefined) {
      const { authProtocol, privProtocol } = user;
      const level = levelOf(user);
      keys = deriveKeys({
        cache: this.cache,
        engineId: this.engineId,
        auth:
          level === 0 ? undefined : { protocol: authProtocol ?? 'SHA', password: user.authPassword ?? '' },
        priv:
          (level & MessageFlag.priv) === 0
            ? undefined
            : { protocol: privProtocol ?? 'AES', password: user.privPassword ?? '' },
      });
      this.keys.set(user, keys);
    }
    return keys;
  }
}

/** Writes a response or report PDU around a list of varbinds. */
export function writePdu(target: BerWriter, pduType: number, requestId: number, answer: PduAnswer): void {
  const mark = target.size;
  target.bytes(answer.list);
  target.wrap(0x30, mark);
  target.integer(answer.index);
  target.integer(answer.status);
  target.integer(requestId);
  target.wrap(pduType, mark);
}

function writeHeader(request: SecuredRequest): void {
  const mark = writer.size;
  writer.integer(3);
  writer.byte(request.flags);
  writer.header(0x04, 1);
  writer.integer(MAX_MESSAGE_BYTES);
  writer.integer(request.messageId);
  writer.wrap(0x30, mark);
  writer.integer(3);
  writer.wrap(0x30, 0);
}

function levelOf(user: UsmUser): number {
  if (user.secLevel === 'authPriv') return MessageFlag.auth | MessageFlag.priv;
  return user.secLevel === 'authNoPriv' ? MessageFlag.auth : 0;
}
