import type { ComponentType } from '@stratora/contract';
import { API_KEY_HEADER, componentPath, JOBS_HEADER } from '@stratora/contract/wire';
import {
  type Clock,
  type HttpAnswer,
  type HttpClient,
  type Logger,
  type Periodic,
  periodic,
  sleep,
} from '@stratora/runtime';
import type { ConfigApplier } from '../config/config-applier.ts';
import { judgePull } from '../config/config-pull.ts';
import { adviceOn } from '../connection-advice.ts';
import {
  type EnrollmentOptions,
  EnrollmentRefused,
  registerOnce,
  registerUntilDone,
} from '../enrollment/enroll.ts';
import type { Identity, IdentityStore } from '../enrollment/identity.ts';
import { announcesKey, renewKey, withoutPreviousKey, withPreviousKey } from '../enrollment/key-renewal.ts';
import type { Refusal } from '../sender/ingest-answer.ts';
import { ClockSkew } from './clock-skew.ts';
import { Connection, type ConnectionState } from './connection.ts';

export interface ServerLinkOptions {
  componentType: ComponentType;
  client: HttpClient;
  store: IdentityStore;
  enrollment: EnrollmentOptions;
  applier: ConfigApplier;
  clock: Clock;
  logger: Logger;
  onConnection: (state: ConnectionState, before: ConnectionState) => void;
  /** Called when the server says that jobs wait. */
  onJobs: () => void;
  /** 10 s by default. */
  pullIntervalMs: number | undefined;
}

const PULL_INTERVAL_MS = 10_000;
/** Pulls per request while revoked: one of six asks the server. */
const REVOKED_PULL_EVERY = 6;
/** A key that the server does not know is replaced at most this often: each try costs a use of the token. */
const REGISTER_AGAIN_MS = 60_000;
/** Pause between renewals of the key: its use may take the server a moment to notice. */
const RENEW_AGAIN_MS = 60_000;
const QUICK_PULLS = 8;
const QUICK_PULL_MS = 1500;

function ifNoneMatch(applier: ConfigApplier): Record<string, string> {
  const tags = applier.heldHashes.map((hash) => `"${hash}"`);
  return tags.length > 0 ? { 'if-none-match': tags.join(', ') } : {};
}

/** Identity, config pull and everything that the server says about us. */
export class ServerLink {
  readonly connection: Connection;
  readonly skew: ClockSkew;
  readonly #options: ServerLinkOptions;
  readonly #stop = new AbortController();
  readonly #pull: Periodic;
  #identity: Identity | undefined;
  #pulls = 0;
  #invalidKeys = 0;
  #registeredAt = Number.NEGATIVE_INFINITY;
  #renewedAt = Number.NEGATIVE_INFINITY;
  #renewing: Promise<void> | undefined;

  constructor(options: ServerLinkOptions, identity: Identity | undefined) {
    this.#options = options;
    this.#identity = identity;
    const { clock, logger } = options;
    this.skew = new ClockSkew(clock, logger);
    this.connection = new Connection(clock, logger, options.onConnection);
    this.#pull = periodic({
      name: 'config-pull',
      intervalMs: options.pullIntervalMs ?? PULL_INTERVAL_MS,
      run: (signal) => this.#pullOnce(signal),
      clock,
      logger,
      key: identity?.component_id ?? 'new',
      runAtStart: true,
    });
  }

  get identity(): Identity | undefined {
    return this.#identity;
  }

  get apiKey(): string {
    return this.#identity?.api_key ?? '';
  }

  /** Registers if need be, then pulls from there on. False when it was stopped before it was registered. */
  async start(): Promise<boolean> {
    this.#identity ??= await registerUntilDone(this.#options.enrollment, {
      signal: this.#stop.signal,
      onWait: (reason) => this.connection.noteWait(reason),
    });
    if (!this.#identity) return false;
    this.#pull.start();
    return true;
  }

  pullSoon(): void {
    this.#pull.trigger();
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#pull.stop();
    await this.#renewing;
  }

  /** Notes that a call was refused because of the component's state or key. */
  noteRefusal(refusal: Refusal): void {
    this.connection.noteRefusal(refusal);
  }

  /** Notes that a call got no answer, or none that makes sense. */
  noteFailure(error: unknown): void {
    const { isUntrusted, text } = adviceOn(error, this.#options.enrollment);
    if (isUntrusted) this.connection.noteUntrusted(text);
    else this.connection.noteUnreachable(text);
  }

  /** Notes that a call with this key got an answer that was not a refusal. */
  noteAnswer(answer: Pick<HttpAnswer, 'headers'>, apiKey: string): void {
    this.connection.noteHeard();
    if (answer.headers[JOBS_HEADER] === '1') this.#options.onJobs();
    if (announcesKey(answer)) {
      this.#renewing ??= this.#renew().finally(() => {
        this.#renewing = undefined;
      });
    } else if (this.#identity?.previous_api_key !== undefined && this.#identity.api_key === apiKey) {
      this.#settle(this.#identity);
    }
  }

  async #renew(): Promise<void> {
    const { clock, client, store, logger, enrollment } = this.#options;
    const identity = this.#identity;
    if (!identity || clock.monotonic() - this.#renewedAt < RENEW_AGAIN_MS) return;
    const options = { client, store, logger, failpoint: enrollment.failpoint };
    const next = await renewKey(options, identity, this.#stop.signal);
    if (!next) return;
    this.#renewedAt = clock.monotonic();
    this.#identity = next;
    // Its first use ends the old one everywhere.
    this.#pull.trigger();
  }

  /** The newest key works and nothing waits for us: the one before is history. */
  #settle(identity: Identity): void {
    this.#identity = withoutPreviousKey(identity);
    this.#options.store.write(this.#identity).catch((error: unknown) => {
      this.#options.logger.warn({ err: error }, 'identity not written');
    });
  }

  async #pullOnce(signal: AbortSignal): Promise<void> {
    const { client, applier } = this.#options;
    this.#pulls += 1;
    if (this.connection.state === 'revoked' && this.#pulls % REVOKED_PULL_EVERY !== 0) return;
    let outcome: ReturnType<typeof judgePull>;
    let answer: HttpAnswer;
    const { apiKey } = this;
    const sentAt = this.#options.clock.now();
    try {
      answer = await client.request({
        method: 'GET',
        path: this.#configPath,
        headers: { [API_KEY_HEADER]: apiKey, ...ifNoneMatch(applier) },
        signal,
      });
      outcome = judgePull(answer);
      if (this.#options.componentType === 'collector') this.skew.note(answer.headers['date'], sentAt);
    } catch (error) {
      if (!signal.aborted) this.noteFailure(error);
      return;
    }
    if (outcome.kind === 'refused') {
      this.noteRefusal(outcome.refusal);
      if (this.connection.state === 'key_invalid') await this.#replaceKey(signal);
      return;
    }
    this.#invalidKeys = 0;
    if (outcome.kind !== 'unclear') this.noteAnswer(answer, apiKey);
    if (outcome.kind === 'unclear') {
      this.connection.noteUnreachable(outcome.reason);
      return;
    }
    this.connection.noteSuccess();
    if (outcome.kind === 'none') await this.#pullAgainSoon(signal);
    if (outcome.kind === 'unchanged' && outcome.hash !== undefined) await applier.confirm(outcome.hash);
    if (outcome.kind !== 'config') return;
    if (outcome.hash === applier.runningHash) await applier.confirm(outcome.hash);
    else if (!applier.heldHashes.includes(outcome.hash)) await applier.apply(outcome.hash, outcome.text);
  }

  /** Pulls again within seconds after a registration, a few times, to get the first config quickly. */
  async #pullAgainSoon(signal: AbortSignal): Promise<void> {
    if (this.#pulls > QUICK_PULLS) return;
    await sleep(QUICK_PULL_MS, this.#options.clock, signal);
    this.#pull.trigger();
  }

  get #configPath(): string {
    const { component_id: id, node_id: node } = this.#identity ?? { component_id: '', node_id: null };
    return this.#options.componentType === 'collector'
      ? componentPath('collectorConfig', id)
      : componentPath('agentConfig', node ?? id);
  }

  /** Takes the key of another process that has enrolled us anew; else registers again, with the old key as proof. */
  async #replaceKey(signal: AbortSignal): Promise<void> {
    const { store, clock, enrollment, logger } = this.#options;
    const onDisk = (await store.read()).value;
    if (onDisk && onDisk.api_key !== this.apiKey) {
      logger.info({ componentId: onDisk.component_id }, 'taking the new key from the state directory');
      this.#identity = onDisk;
      this.#pull.trigger();
      return;
    }
    const before = this.#identity && withPreviousKey(this.#identity);
    if (before) {
      // The server went back behind the moment in which it gave the new one.
      logger.warn('the server does not know the newest key, going back to the one before');
      await store.write(before);
      this.#identity = before;
      this.#pull.trigger();
      return;
    }
    this.#invalidKeys += 1;
    const tooSoon = clock.monotonic() - this.#registeredAt < REGISTER_AGAIN_MS;
    if (this.#invalidKeys < 2 || tooSoon || !(await enrollment.token())) return;
    this.#registeredAt = clock.monotonic();
    try {
      const result = await registerOnce(enrollment, this.#identity, signal);
      if (!('identity' in result)) return;
      this.#identity = result.identity;
      logger.info({ componentId: result.identity.component_id }, 'registered again');
      this.#pull.trigger();
    } catch (error) {
      if (!(error instanceof EnrollmentRefused)) throw error;
      logger.warn({ reason: `${error.code}: ${error.message}` }, 'not registered again');
    }
  }
}
