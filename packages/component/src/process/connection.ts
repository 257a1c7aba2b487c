import type { Clock, Logger } from '@stratora/runtime';
import type { Refusal } from '../sender/ingest-answer.ts';

/** The state of the connection to the server; one word for people and for the status file. */
export type ConnectionState =
  | 'not_registered'
  | 'connected'
  | 'pending_approval'
  | 'revoked'
  | 'key_invalid'
  | 'untrusted'
  | 'unreachable';

const STATE_OF_REFUSAL: Readonly<Record<Refusal, ConnectionState>> = {
  api_key_invalid: 'key_invalid',
  component_mismatch: 'key_invalid',
  component_not_approved: 'pending_approval',
  component_revoked: 'revoked',
};

const MESSAGES: Readonly<Record<ConnectionState, string>> = {
  not_registered: 'not registered with the server yet',
  connected: 'connected to the server',
  pending_approval: 'waiting for approval by an administrator of the server',
  revoked: 'revoked by the server: gathering stopped, the data that is queued stays',
  key_invalid: 'the server does not know our key',
  untrusted: 'what answers is not verified as our server, keeping the data',
  unreachable: 'server cannot be reached, keeping the data',
};

/** Remembers the state and logs each change once. */
export class Connection {
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #onChange: (state: ConnectionState, before: ConnectionState) => void;
  #state: ConnectionState = 'not_registered';
  #since: number;
  #message = '';
  #heardCount = 0;

  constructor(
    clock: Clock,
    logger: Logger,
    onChange: (state: ConnectionState, before: ConnectionState) => void,
  ) {
    this.#clock = clock;
    this.#logger = logger;
    this.#onChange = onChange;
    this.#since = clock.now();
  }

  get state(): ConnectionState {
    return this.#state;
  }

  get since(): number {
    return this.#since;
  }

  get message(): string {
    return this.#message || MESSAGES[this.#state];
  }

  /** Number of answers that were the server's own: also a refusal shows that it can be reached. */
  get heardCount(): number {
    return this.#heardCount;
  }

  /** Notes that the server answered a call. */
  noteHeard(): void {
    this.#heardCount += 1;
  }

  noteRefusal(refusal: Refusal): void {
    this.noteHeard();
    this.#enter(STATE_OF_REFUSAL[refusal], '');
  }

  noteUnreachable(reason: string): void {
    this.#enterAway('unreachable', reason);
  }

  /** Notes that the peer could not prove to be our server. */
  noteUntrusted(reason: string): void {
    this.#enterAway('untrusted', reason);
  }

  #enterAway(state: 'unreachable' | 'untrusted', reason: string): void {
    // A refusal that we know of says more than that the server is away now.
    if (this.#state === 'revoked' || this.#state === 'pending_approval') return;
    this.#enter(state, `${MESSAGES[state]} (${reason})`);
  }

  /** Notes that there is no identity yet, and why. */
  noteWait(reason: string): void {
    this.#enter('not_registered', reason);
  }

  noteSuccess(): void {
    this.noteHeard();
    this.#enter('connected', '');
  }

  #enter(state: ConnectionState, message: string): void {
    this.#message = message;
    if (state === this.#state) return;
    const before = this.#state;
    this.#state = state;
    this.#since = this.#clock.now();
    const level = state === 'connected' || state === 'pending_approval' ? 'info' : 'warn';
    this.#logger[state === 'revoked' ? 'error' : level]({ state }, this.message);
    this.#onChange(state, before);
  }
}
