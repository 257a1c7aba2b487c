import { damaged } from './ber-reader.ts';
import { BerWriter } from './ber-writer.ts';
import type { MessageCodec, Verdict } from './message-codec.ts';
import type { RequestWork } from './request-work.ts';
import { SnmpError } from './snmp-error.ts';
import { MessageFlag, type MessageView, PduType, type Range, readScopedPdu } from './snmp-message.ts';
import type { UsmUser } from './snmp-target.ts';
import { decryptScoped, encryptScoped, isDigestRight, messageDigest } from './usm-cipher.ts';
import type { UsmEngine } from './usm-engine.ts';
import { AUTH_ALGORITHMS, deriveKeys, NO_KEYS, type PasswordKeyCache, type UsmKeys } from './usm-keys.ts';
import { errorOfReport, readReport } from './usm-report.ts';

/** Largest answer we take, announced to the device (msgMaxSize). */
const MAX_MESSAGE_BYTES = 65_507;
/** Most handshakes of a request: discovery, then time, then one more when the device restarted between them. */
const MAX_HANDSHAKES = 4;
/** Time after its last answer within which an engine is not taken for replaced by a session that it does not answer. */
const STILL_THERE_MS = 600_000;
/** The same for one that others have just talked to. */
const JUST_HEARD_MS = 120_000;
const EMPTY = Buffer.alloc(0);
const scratch = new BerWriter();

/** Codec of SNMPv3 with the user-based security model (RFC 3412, RFC 3414), noAuthNoPriv to authPriv. */
export class UsmCodec implements MessageCodec {
  private readonly user: UsmUser;
  private readonly engine: UsmEngine;
  private readonly cache: PasswordKeyCache;
  private readonly userName: Buffer;
  private readonly contextName: Buffer;
  private readonly level: number;
  private keys: UsmKeys = NO_KEYS;
  private keysFor: Buffer = EMPTY;
  private handshakes = 0;
  /**
   * True when the engine answered discovery for the request under way, and encrypted requests have never been answered.
   */
  private wasDiscovered = false;
  private hasAnswered = false;
  /** True while it asks a known engine for its id again, to see whether it still answers. */
  private isChecking = false;
  /** True while it asks in the default context, to see whether the one that it was given is the reason of the silence. */
  private isBare = false;

  constructor(user: UsmUser, engine: UsmEngine, cache: PasswordKeyCache) {
    this.user = user;
    this.engine = engine;
    this.cache = cache;
    this.userName = Buffer.from(user.secName);
    this.contextName = Buffer.from(user.contextName ?? '');
    this.level = levelFlags(user);
  }

  write(writer: BerWriter, work: RequestWork, id: number): void {
    if (!this.engine.isKnown || this.isChecking) {
      this.writeDiscovery(writer, id);
      return;
    }
    const { engine, level } = this;
    this.deriveOnce();
    const clock = level === 0 ? { boots: 0, time: 0 } : engine.now();
    const end = writer.size;
    let salt: Buffer = EMPTY;
    if ((level & MessageFlag.priv) !== 0) {
      scratch.reset();
      this.writeScoped(scratch, work, id);
      const sealed = encryptScoped(this.user.privProtocol ?? 'AES', this.keys.priv, clock, scratch.view());
      writer.octets(0x04, sealed.data);
      salt = sealed.salt;
    } else {
      this.writeScoped(writer, work, id);
    }
    const digestBytes = this.digestBytes();
    const own = { engineId: engine.id, user: this.userName };
    const digestFromEnd = this.writeSecurity(writer, { ...own, clock, salt, digestBytes });
    writeHeader(writer, { id, flags: level | MessageFlag.reportable, end });
    if (digestBytes > 0) this.sign(writer, digestFromEnd);
  }

  open(view: MessageView): Verdict {
    if (view.version !== 3) return 'droppedWrongVersion';
    const isAuthentic = this.isAuthentic(view);
    if ((view.flags & MessageFlag.auth) !== 0 && !isAuthentic) return 'droppedUnauthentic';
    const scoped = this.decrypt(view);
    if (scoped === undefined) return 'droppedUnauthentic';
    readScopedPdu(scoped.buffer, scoped.range, view.pdu);
    if (view.pdu.type === PduType.report) return this.openReport(view, isAuthentic);
    if ((view.flags & this.level) !== this.level) return 'droppedUnauthentic';
    if (
      !isSame(view.buffer, view.userName, this.userName) ||
      !isSame(view.buffer, view.engineId, this.engine.id)
    ) {
      return 'droppedWrongCommunity';
    }
    if (view.pdu.requestId !== view.messageId) return 'droppedUnknownId';
    if (isAuthentic) this.engine.follow(view.engineBoots, view.engineTime);
    this.engine.noteHeard();
    this.handshakes = 0;
    if (this.isBare) {
      this.endHandshake();
      throw new SnmpError('auth', this.contextError('does not answer in it, but does without it'));
    }
    this.hasAnswered = true;
    return 'answer';
  }

  onSilence(attempt: number): boolean {
    if (this.hasAnswered || !this.engine.isKnown) return false;
    if (!this.wasDiscovered) {
      // Known from others or from long ago: whether it still answers discovery tells a dead device from a wrong secret.
      const { isChecking } = this;
      this.isChecking = true;
      return !isChecking;
    }
    if (attempt < 2 || this.isBare || this.contextName.length === 0) return false;
    this.isBare = true;
    return true;
  }

  explainSilence(): Error | undefined {
    const isThere = this.wasDiscovered || (!this.isChecking && this.engine.wasHeardWithin(JUST_HEARD_MS));
    const isSilentSinceDiscovery = this.wasDiscovered && !this.hasAnswered;
    const isMute = isThere && !this.hasAnswered && this.contextName.length > 0 && !this.isBare;
    this.endHandshake();
    // The device may have been replaced behind its address: the next request finds its engine anew. Where it answers
    // discovery, or others of its sessions, it is still the same.
    if (!isSilentSinceDiscovery && !this.engine.wasHeardWithin(STILL_THERE_MS)) this.engine.forget();
    const hasPrivacy = (this.level & MessageFlag.priv) !== 0;
    if (isMute) {
      const or = hasPrivacy ? ', or the privacy protocol and password' : '';
      return new SnmpError('auth', `${this.contextError('does not answer in it')} Check the context${or}.`);
    }
    if (!isSilentSinceDiscovery || !hasPrivacy) return undefined;
    return new SnmpError(
      'auth',
      'The device knows SNMPv3 but does not answer encrypted requests: privacy protocol or password is likely wrong.',
    );
  }

  /** Puts an end to the handshake, whatever came of it. */
  private endHandshake(): void {
    this.handshakes = 0;
    this.wasDiscovered = false;
    this.isChecking = false;
    this.isBare = false;
  }

  private contextError(what: string): string {
    return `The device does not seem to know the SNMPv3 context "${this.user.contextName}": it ${what}.`;
  }

  private openReport(view: MessageView, isAuthentic: boolean): Verdict {
    const report = readReport(view.pdu);
    const canGoOn = ++this.handshakes <= MAX_HANDSHAKES;
    if (report === 'unknownEngineIds' && canGoOn) {
      if (view.engineId.end - view.engineId.start < 5) throw damaged('an engine id that is too short');
      const id = view.buffer.subarray(view.engineId.start, view.engineId.end);
      // The clock of an engine that others talk to is authentic, and this is not.
      if (this.isChecking && this.engine.id.equals(id)) this.engine.noteHeard();
      else this.engine.discover(id, view.engineBoots, view.engineTime);
      this.isChecking = false;
      this.wasDiscovered = true;
      return 'again';
    }
    if (report === 'notInTimeWindows' && canGoOn) {
      // Some devices do not sign it, which makes it worth as much as the clock in their answer to discovery.
      const isGuess =
        !isAuthentic && !this.engine.isTrusted && isSame(view.buffer, view.engineId, this.engine.id);
      if (isAuthentic) this.engine.resync(view.engineBoots, view.engineTime);
      else if (isGuess) this.engine.guess(view.engineBoots, view.engineTime);
      else return 'droppedUnauthentic';
      return 'again';
    }
    this.endHandshake();
    throw errorOfReport(report, this.user);
  }

  private writeScoped(writer: BerWriter, work: RequestWork | undefined, id: number): void {
    const mark = writer.size;
    if (work === undefined) writeEmptyGet(writer, id);
    else work.write(writer, id);
    writer.octets(0x04, work === undefined || this.isBare ? EMPTY : this.contextName);
    writer.octets(0x04, work === undefined ? EMPTY : this.engine.id);
    writer.wrap(0x30, mark);
  }

  /**
   * Writes a discovery (RFC 3414, section 4): a request without user and engine, answered by a report that names the
   * engine.
   */
  private writeDiscovery(writer: BerWriter, id: number): void {
    const end = writer.size;
    this.writeScoped(writer, undefined, id);
    const clock = { boots: 0, time: 0 };
    this.writeSecurity(writer, { engineId: EMPTY, user: EMPTY, clock, salt: EMPTY, digestBytes: 0 });
    writeHeader(writer, { id, flags: MessageFlag.reportable, end });
  }

  /** Returns how far before the end of the buffer the digest begins. */
  private writeSecurity(writer: BerWriter, parameters: SecurityParameters): number {
    const { engineId, user, clock, salt, digestBytes } = parameters;
    const mark = writer.size;
    writer.octets(0x04, salt);
    writer.octets(0x04, NO_DIGEST.subarray(0, digestBytes));
    const digestFromEnd = writer.size - 2;
    writer.octets(0x04, user);
    writer.integer(clock.time);
    writer.integer(clock.boots);
    writer.octets(0x04, engineId);
    writer.wrap(0x30, mark);
    writer.wrap(0x04, mark);
    return digestFromEnd;
  }

  private sign(writer: BerWriter, digestFromEnd: number): void {
    const message = writer.view();
    const digest = messageDigest(this.user.authProtocol ?? 'SHA', this.keys.auth, message);
    writer.buffer.set(digest, writer.buffer.length - digestFromEnd);
  }

  private isAuthentic(view: MessageView): boolean {
    if ((view.flags & MessageFlag.auth) === 0 || (this.level & MessageFlag.auth) === 0) return false;
    if (!isSame(view.buffer, view.engineId, this.keysFor)) return false;
    return isDigestRight(this.user.authProtocol ?? 'SHA', this.keys.auth, view.buffer, view.authParameters);
  }

  private decrypt(view: MessageView): { buffer: Buffer; range: Range } | undefined {
    const { buffer, scoped } = view;
    if ((view.flags & MessageFlag.priv) === 0) return { buffer, range: scoped };
    if ((this.level & MessageFlag.priv) === 0 || (view.flags & MessageFlag.auth) === 0) return undefined;
    const sealed = {
      data: buffer.subarray(scoped.start, scoped.end),
      salt: buffer.subarray(view.privParameters.start, view.privParameters.end),
    };
    const clock = { boots: view.engineBoots, time: view.engineTime };
    const plain = decryptScoped(this.user.privProtocol ?? 'AES', this.keys.priv, clock, sealed);
    return plain === undefined ? undefined : { buffer: plain, range: { start: 0, end: plain.length } };
  }

  private deriveOnce(): void {
    if (this.keysFor.equals(this.engine.id)) return;
    const { user, cache, engine, level } = this;
    this.keys = deriveKeys({
      cache,
      engineId: engine.id,
      auth:
        level === 0 ? undefined : { protocol: user.authProtocol ?? 'SHA', password: user.authPassword ?? '' },
      priv:
        (level & MessageFlag.priv) === 0
          ? undefined
          : { protocol: user.privProtocol ?? 'AES', password: user.privPassword ?? '' },
    });
    this.keysFor = engine.id;
  }

  private digestBytes(): number {
    return this.level === 0 ? 0 : AUTH_ALGORITHMS[this.user.authProtocol ?? 'SHA'].digestBytes;
  }
}

interface SecurityParameters {
  readonly engineId: Buffer;
  readonly user: Buffer;
  readonly clock: { readonly boots: number; readonly time: number };
  readonly salt: Buffer;
  readonly digestBytes: number;
}

const NO_DIGEST = Buffer.alloc(64);

function levelFlags(user: UsmUser): number {
  if (user.secLevel === 'authPriv') return MessageFlag.auth | MessageFlag.priv;
  return user.secLevel === 'authNoPriv' ? MessageFlag.auth : 0;
}

function writeEmptyGet(writer: BerWriter, id: number): void {
  const mark = writer.size;
  writer.header(0x30, 0);
  writer.integer(0);
  writer.integer(0);
  writer.integer(id);
  writer.wrap(PduType.get, mark);
}

function writeHeader(writer: BerWriter, header: { id: number; flags: number; end: number }): void {
  const mark = writer.size;
  writer.integer(3);
  writer.byte(header.flags);
  writer.header(0x04, 1);
  writer.integer(MAX_MESSAGE_BYTES);
  writer.integer(header.id);
  writer.wrap(0x30, mark);
  writer.integer(3);
  writer.wrap(0x30, header.end);
}

function isSame(buffer: Buffer, range: Range, wanted: Buffer): boolean {
  return wanted.equals(buffer.subarray(range.start, range.end));
}
