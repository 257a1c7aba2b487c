import { randomFillSync } from 'node:crypto';
import { type Clock, systemClock } from '@stratora/runtime';
import { BerWriter, MessageView, PasswordKeyCache, readMessage, UsmCodec, UsmEngine } from '@stratora/snmp';
import type { PacketBudget } from '../pace/packet-budget.ts';
import type { PacketKind, PacketLedger } from '../pace/packet-ledger.ts';
import type { ScanHost } from '../scan/scan-host.ts';
import { Probe, type ProbeKind, type SentProbe } from './probe.ts';
import { readCommunityAnswer, readEngineAnswer, readLoginAnswer } from './probe-answer.ts';
import {
  communityTemplate,
  discoveryTemplate,
  PROBE_WORK,
  type ProbeTemplate,
  probeId,
} from './probe-message.ts';
import { ProbeQueue } from './probe-queue.ts';
import { ProbeSockets } from './probe-socket.ts';
import { type ScanCredential, versionWord } from './scan-credential.ts';
import type { UserGuard } from './user-guard.ts';

export interface SnmpSweepOptions {
  readonly credentials: readonly ScanCredential[];
  readonly port: number;
  readonly budget: PacketBudget;
  /** Shortest distance of two packets to one host, milliseconds. */
  readonly hostGapMs: number;
  readonly ledger: PacketLedger;
  readonly users: UserGuard;
  readonly signal: AbortSignal;
  readonly clock?: Clock | undefined;
  /** Waits for an answer, one for each time that a message is sent at most; milliseconds. */
  readonly timeoutsMs: readonly number[];
  /** Called once for each host, when a credential was answered or all are over. */
  readonly onOutcome: (host: ScanHost) => void;
  readonly onRemark: (sentence: string) => void;
}

const IDS_AT_ONCE = 1024;
/** Strange senders that are named one by one. */
const MAX_STRANGERS = 20;

/**
 * The sweep by SNMP: many hosts at once over one socket of each family. At a host the credentials are tried in their order, each
 * once; a message that is not answered is repeated unchanged, and an answer counts however late it comes.
 */
export class SnmpSweep {
  readonly #options: SnmpSweepOptions;
  readonly #clock: Clock;
  readonly #sockets = new ProbeSockets((...datagram) => this.#take(...datagram));
  readonly #queue: ProbeQueue;
  readonly #view = new MessageView();
  readonly #keys = new PasswordKeyCache();
  readonly #writer = new BerWriter();
  readonly #byId = new Map<number, SentProbe>();
  readonly #byAddress = new Map<string, Probe>();
  readonly #templates: readonly (ProbeTemplate | undefined)[];
  readonly #discovery: ProbeTemplate;
  readonly #random = new Uint32Array(IDS_AT_ONCE);
  #randomUsed = IDS_AT_ONCE;
  #strangers = 0;

  constructor(options: SnmpSweepOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#templates = options.credentials.map((credential) =>
      credential.version === 3 ? undefined : communityTemplate(credential.version, credential.community),
    );
    this.#discovery = discoveryTemplate(this.#keys);
    this.#queue = new ProbeQueue({
      clock: this.#clock,
      budget: options.budget,
      hostGapMs: options.hostGapMs,
      onTurn: (probe) => this.#ask(probe),
      onSilence: (probe) => this.#onSilence(probe),
    });
  }

  /** Begins to ask a host; what comes of it is told by `onOutcome`. */
  probe(host: ScanHost): void {
    const probe = new Probe(host);
    this.#byAddress.set(host.address, probe);
    this.#queue.push(probe);
  }

  /** Ends all questions, without outcomes. Idempotent. */
  async close(): Promise<void> {
    this.#queue.close();
    await this.#sockets.close();
  }

  /** Chooses what to ask next. @returns whether a message was sent */
  #ask(probe: Probe): boolean {
    if (probe.isDone || this.#options.signal.aborted) return false;
    const { current } = probe;
    if (current !== undefined) return this.#send(current);
    const { credentials } = this.#options;
    for (; probe.step < credentials.length; probe.step += 1) {
      const credential = credentials[probe.step];
      if (credential?.version !== 3) {
        // An engine that came late led back: a community has one try, to which an answer still counts.
        if (probe.sent.some(({ kind, step }) => kind === 'community' && step === probe.step)) continue;
        return this.#sendNew(probe, 'community');
      }
      if (probe.engine === 'unasked') return this.#sendNew(probe, 'discovery');
      if (probe.engine === 'silent') continue;
      const verdict = this.#enter(probe, credential.user.secName);
      if (verdict === 'go') return this.#sendNew(probe, 'login');
      if (verdict === 'wait') return false;
    }
    // Of a host that is there, whether it speaks SNMP at all: anybody may ask for its engine.
    if (probe.engine === 'unasked' && probe.host.isThere) return this.#sendNew(probe, 'discovery');
    this.#finish(probe);
    return false;
  }

  #enter(probe: Probe, user: string): 'go' | 'wait' | 'skip' {
    if (probe.refused?.has(user) === true) return 'skip';
    if (probe.entered === user) return 'go';
    const verdict = this.#options.users.enter(user, (answer) => {
      if (probe.isDone || this.#options.signal.aborted) return false;
      if (answer === 'go') probe.entered = user;
      this.#queue.push(probe);
      return true;
    });
    if (verdict === 'go') probe.entered = user;
    return verdict === 'stopped' ? 'skip' : verdict;
  }

  #sendNew(probe: Probe, kind: ProbeKind): boolean {
    const id = this.#nextId();
    const sent = { probe, id, kind, step: probe.step, ...this.#messageOf(probe, kind, id) };
    probe.current = sent;
    probe.sent.push(sent);
    this.#byId.set(id, sent);
    return this.#send(sent);
  }

  #messageOf(probe: Probe, kind: ProbeKind, id: number): Pick<SentProbe, 'message' | 'codec'> {
    const credential = this.#options.credentials[probe.step];
    if (kind === 'login' && credential?.version === 3 && probe.engine instanceof UsmEngine) {
      const codec = (probe.codec ??= new UsmCodec(credential.user, probe.engine, this.#keys));
      this.#writer.reset();
      codec.write(this.#writer, PROBE_WORK, id);
      return { message: Buffer.from(this.#writer.view()), codec };
    }
    const template = kind === 'community' ? this.#templates[probe.step] : undefined;
    return { message: (template ?? this.#discovery).withId(id), codec: undefined };
  }

  #send({ probe, kind, message, step }: SentProbe): boolean {
    const { ledger, port, timeoutsMs, credentials } = this.#options;
    const { address } = probe.host;
    const version = credentials[step]?.version ?? 3;
    const packet: PacketKind =
      kind === 'community'
        ? version === 1
          ? 'snmp_v1_probe'
          : 'snmp_v2c_probe'
        : kind === 'login'
          ? 'snmp_v3_login'
          : 'snmp_v3_discovery';
    this.#sockets.send(message, { address, port }, () => ledger.note(address, packet));
    probe.host.sentAt = this.#clock.monotonic();
    this.#queue.wait(probe, timeoutsMs[probe.silences] ?? 0);
    return true;
  }

  #onSilence(probe: Probe): void {
    const { current } = probe;
    if (probe.isDone || current === undefined) return;
    probe.silences += 1;
    if (probe.silences < this.#options.timeoutsMs.length) {
      this.#queue.push(probe);
      return;
    }
    if (current.kind === 'discovery') {
      probe.engine = 'silent';
      if (probe.step >= this.#options.credentials.length) {
        this.#finish(probe);
        return;
      }
    }
    if (current.kind === 'login') {
      probe.host.remark(
        `It knows SNMPv3, but does not answer the user "${probe.entered ?? ''}": the privacy protocol or password is likely wrong.`,
      );
      this.#leave(probe, 'silent');
    }
    this.#goOn(probe, current.kind === 'discovery' ? 0 : 1);
  }

  /** Goes on to the next question of a host. */
  #goOn(probe: Probe, steps: number): void {
    probe.step += steps;
    probe.silences = 0;
    probe.current = undefined;
    probe.codec = undefined;
    this.#queue.push(probe);
  }

  #leave(probe: Probe, verdict: 'accepted' | 'refused' | 'silent'): void {
    const { entered } = probe;
    if (entered === undefined) return;
    probe.entered = undefined;
    if (verdict !== 'accepted') (probe.refused ??= new Set()).add(entered);
    this.#options.users.leave(entered, verdict, probe.host.address);
  }

  #take(datagram: Buffer, address: string, port: number): void {
    const view = this.#view;
    const asked = this.#byAddress.get(address);
    try {
      readMessage(datagram, view);
    } catch {
      if (asked !== undefined && port === this.#options.port) asked.garbled += 1;
      return;
    }
    const sent = this.#byId.get(view.id) ?? shortened(asked, view.id);
    if (sent === undefined || sent.probe.isDone) return;
    if (sent.probe.host.address !== address || port !== this.#options.port) {
      this.#onStranger(sent.probe, address, port);
      return;
    }
    if (sent.kind === 'community') this.#takeCommunity(sent);
    else if (sent.kind === 'discovery') this.#takeEngine(sent);
    else this.#takeLogin(sent);
  }

  #takeCommunity(sent: SentProbe): void {
    const credential = this.#options.credentials[sent.step];
    if (credential === undefined || credential.version === 3) return;
    const answer = readCommunityAnswer(this.#view, credential);
    if (answer === undefined) return;
    if (answer.remark !== undefined) sent.probe.host.remark(answer.remark);
    this.#succeed(sent.probe, credential);
  }

  #takeEngine(sent: SentProbe): void {
    const { probe } = sent;
    const engine = readEngineAnswer(this.#view);
    if (engine === undefined || probe.engine instanceof UsmEngine) return;
    probe.engine = engine;
    probe.host.engineId = engine.id.toString('hex');
    // It came late, and other credentials are tried by now: those of SNMPv3 have their turn again.
    if (sent.step < this.#options.credentials.length) this.#goOn(probe, sent.step - probe.step);
    else this.#finish(probe);
  }

  #takeLogin(sent: SentProbe): void {
    const { probe, codec } = sent;
    const credential = this.#options.credentials[sent.step];
    if (codec === undefined || credential?.version !== 3) return;
    const answer = readLoginAnswer(this.#view, codec);
    if (answer.verdict === 'none') return;
    if (answer.verdict === 'accepted') {
      this.#leave(probe, 'accepted');
      this.#succeed(probe, credential);
    } else if (probe.current !== sent) {
      return;
    } else if (answer.verdict === 'again') {
      probe.current = undefined;
      this.#queue.push(probe);
    } else {
      probe.host.remark(answer.remark);
      // A user that a host does not know is no wrong password: it is not tried there again, and elsewhere it is.
      this.#leave(probe, answer.verdict === 'refused' ? 'refused' : 'silent');
      this.#goOn(probe, 1);
    }
  }

  #succeed(probe: Probe, login: ScanCredential): void {
    probe.host.login = login;
    this.#finish(probe);
  }

  #finish(probe: Probe): void {
    if (probe.isDone) return;
    probe.isDone = true;
    probe.ticket += 1;
    // An answer to another credential came first: nobody knows what became of this login.
    this.#leave(probe, 'silent');
    for (const { id } of probe.sent) this.#byId.delete(id);
    const { host } = probe;
    this.#byAddress.delete(host.address);
    if (host.login === undefined) for (const sentence of this.#remarksOn(probe)) host.remark(sentence);
    if (!this.#options.signal.aborted) this.#options.onOutcome(host);
  }

  #remarksOn({ garbled, engine }: Probe): string[] {
    const { credentials, port } = this.#options;
    if (garbled > 0) return [`It answers on UDP port ${port} with what is no SNMP.`];
    if (!(engine instanceof UsmEngine)) return [];
    const tried = [...new Set(credentials.map(({ version }) => versionWord(version)))].join(', ');
    return [
      tried === ''
        ? 'It speaks SNMP; no credential was given to read it with.'
        : `It speaks SNMP, but answers to none of the given credentials (${tried}).`,
    ];
  }

  #onStranger(probe: Probe, address: string, port: number): void {
    this.#strangers += 1;
    if (this.#strangers > MAX_STRANGERS) return;
    this.#options.onRemark(
      `An answer for ${probe.host.address} came from ${address} port ${port} and was dropped: a router or firewall changes the sender's address.`,
    );
  }

  #nextId(): number {
    for (;;) {
      if (this.#randomUsed === IDS_AT_ONCE) {
        randomFillSync(this.#random);
        this.#randomUsed = 0;
      }
      const id = probeId(this.#random[this.#randomUsed++] ?? 0);
      if (!this.#byId.has(id)) return id;
    }
  }
}

/** Finds the message that a device answers which keeps two octets of an id alone. */
function shortened(probe: Probe | undefined, id: number): SentProbe | undefined {
  return probe?.sent.find((sent) => ((sent.id ^ id) & 0xffff) === 0);
}
