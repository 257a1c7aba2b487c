import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Database, Tx } from '../db/index.ts';
import { appError, fieldError, type KeyedCall, userOf } from '../http/index.ts';
import type { KeyRing } from '../secrets/index.ts';
import {
  answerBinding,
  type CallKey,
  findAnswer,
  insertAnswer,
  tryHoldKey,
} from './answered-call-queries.ts';

/** The text that is sealed of an answered call. A bare digest of a body would let a reader guess the secret in it. */
interface AnsweredCall {
  fingerprint: string;
  answer: unknown;
}

export interface RepeatedCallsOptions {
  db: Database;
  /** Keys that seal the answers: some hold a secret that is shown this once. */
  keys: KeyRing;
}

/**
 * The calls that carry an `Idempotency-Key`. Its answer is kept in the transaction that does what the call asks for: both
 * are there, or neither, whenever a server dies. While that transaction runs it holds the key by a lock that ends with it.
 */
export class RepeatedCalls {
  readonly #db: Database;
  readonly #keys: KeyRing;

  constructor({ db, keys }: RepeatedCallsOptions) {
    this.#db = db;
    this.#keys = keys;
  }

  /**
   * Finds what was answered to the first of the calls with this key, else what the handler's transaction must do so that
   * this one is the first; undefined for a call without a key.
   *
   * @throws AppError idempotency_key_reused for another call with the same key
   */
  async look(request: FastifyRequest): Promise<{ answer: unknown } | { first: KeyedCall } | undefined> {
    const key = request.headers['idempotency-key'];
    if (key === undefined) return undefined;
    if (typeof key !== 'string' || !/^[\x20-\x7e]{1,255}$/.test(key)) {
      throw fieldError('idempotency-key', 'must be 1 to 255 printable ASCII characters');
    }
    const call = { userId: userOf(request).userId, key };
    const fingerprint = fingerprintOf(request);
    const answered = await this.#find(call);
    if (answered === undefined) return { first: this.#firstOf(call, fingerprint) };
    if (answered.fingerprint === fingerprint) return { answer: answered.answer };
    throw appError('idempotency_key_reused', 'This key was sent with another call before; take a new one.');
  }

  async #find(call: CallKey): Promise<AnsweredCall | undefined> {
    const sealed = await findAnswer(this.#db, call);
    if (sealed === undefined) return undefined;
    try {
      const text = this.#keys.open(sealed.body, sealed.keyVersion, answerBinding(call)).toString('utf8');
      return JSON.parse(text) as AnsweredCall;
    } catch (error) {
      throw appError(
        'idempotency_key_reused',
        'This call was answered; the answer cannot be read any more.',
        {
          cause: error,
        },
      );
    }
  }

  #firstOf(call: CallKey, fingerprint: string): KeyedCall {
    return {
      begin: async (tx: Tx) => {
        const isFree = (await tryHoldKey(tx, call)) && (await findAnswer(tx, call)) === undefined;
        if (isFree) return;
        throw appError(
          'idempotency_key_in_use',
          'The first call with this key was still running; ask again.',
        );
      },
      keep: async (tx: Tx, answer: unknown) => {
        const kept: AnsweredCall = { fingerprint, answer };
        await insertAnswer(tx, call, this.#keys.seal(JSON.stringify(kept), answerBinding(call)));
      },
    };
  }
}

function fingerprintOf({ method, url, body }: FastifyRequest): string {
  return createHash('sha256')
    .update(JSON.stringify([method, url, body ?? null]))
    .digest('base64url');
}
