import { hash, verify } from '@node-rs/bcrypt';
import type { Clock } from '@stratora/runtime';
import { appError } from '../../platform/http/index.ts';
import { AttemptLimiter } from '../../platform/secrets/index.ts';
import { FairQueue } from './fair-queue.ts';
import type { KeyRow } from './key-queries.ts';

/** Number of proofs at one time: two threads of four; the others unpack bodies and resolve names. */
const WIDTH = 2;
const MAX_WAITING = 2000;
const WINDOW_MS = 60_000;
/** Bound of wrong secrets for one key id from one address, before bcrypt is reached. */
const WRONG_PER_ADDRESS = { attempts: 5, windowMs: WINDOW_MS };
/**
 * Bound of wrong secrets for one key id from all addresses. A right key keeps its own attempts while others guess at
 * it.
 */
const WRONG_PER_ID = { attempts: 20, windowMs: WINDOW_MS };
/** Rank by approval: those that may come in at once go before those that wait for it, and these before the others. */
const RANK: Readonly<Record<string, number>> = { approved: 0, pending: 100 };
const LAST_RANK = 200;

/** The place of the minting of new keys in the queue. */
const MINT = { group: 'mint', rank: 0 };

export interface Claim {
  key: string;
  /** HMAC of the key, which tells one claim from another. */
  verifier: Buffer;
  row: KeyRow;
  /** Address of the caller. */
  from: string;
}

export interface KeyProverOptions {
  clock: Clock;
  /** Cost of bcrypt for new keys. */
  hashCost: number;
  /** Keeps a proof; called before the callers get their answer. */
  keep: (row: KeyRow, verifier: Buffer) => Promise<void>;
}

/** The runner of bcrypt, which costs a fifth of a second of a core: once per claim, bounded, and fairly shared. */
export class KeyProver {
  readonly #perAddress: AttemptLimiter;
  readonly #perId: AttemptLimiter;
  readonly #queue = new FairQueue(WIDTH, MAX_WAITING);
  readonly #running = new Map<string, Promise<boolean>>();
  /** Number of proofs since the start. */
  runs = 0;

  readonly #hashCost: number;
  readonly #keep: (row: KeyRow, verifier: Buffer) => Promise<void>;

  constructor({ clock, hashCost, keep }: KeyProverOptions) {
    this.#perAddress = new AttemptLimiter(clock, WRONG_PER_ADDRESS);
    this.#perId = new AttemptLimiter(clock, WRONG_PER_ID);
    this.#hashCost = hashCost;
    this.#keep = keep;
  }

  get waiting(): number {
    return this.#queue.waiting;
  }

  get refused(): number {
    return this.#queue.refused;
  }

  /** Hashes a new key for its row. */
  hash(key: string): Promise<string> {
    return this.#queue.run(MINT, () => hash(key, { cost: this.#hashCost }));
  }

  /**
   * Checks that a key is the one of the row; the same claim made many times at once is proved once.
   * @throws AppError too_many_requests, overloaded
   */
  prove(claim: Claim): Promise<boolean> {
    const mark = claim.verifier.toString('base64');
    let running = this.#running.get(mark);
    if (!running) {
      running = this.#prove(claim).finally(() => this.#running.delete(mark));
      this.#running.set(mark, running);
    }
    return running;
  }

  async #prove({ key, row, verifier, from }: Claim): Promise<boolean> {
    const mark = `${row.key_id} ${from}`;
    const failed = this.#perId.used(row.key_id);
    this.#takeAttempt(mark, row.key_id);
    const giveBack = () => {
      this.#perAddress.giveBack(mark);
      this.#perId.giveBack(row.key_id);
    };
    const rank = (RANK[row.approval] ?? LAST_RANK) + failed;
    let isRight: boolean;
    try {
      isRight = await this.#queue.run({ group: from, rank }, () => {
        this.runs += 1;
        return verify(key, row.key_bcrypt);
      });
    } catch (error) {
      // A claim that was turned away says nothing about the key.
      giveBack();
      throw error;
    }
    if (!isRight) return false;
    giveBack();
    await this.#keep(row, verifier);
    return true;
  }

  #takeAttempt(mark: string, id: string): void {
    let waitSeconds = this.#perAddress.take(mark);
    if (waitSeconds === undefined) {
      waitSeconds = this.#perId.take(id);
      if (waitSeconds === undefined) return;
      this.#perAddress.giveBack(mark);
    }
    throw appError('too_many_requests', `Too many wrong keys; try again in ${waitSeconds} s.`, {
      details: { retryAfterSeconds: waitSeconds },
    });
  }
}
