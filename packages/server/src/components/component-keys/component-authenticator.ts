import { AppError, type Clock, type Logger } from '@stratora/runtime';
import {
  BatchReader,
  type Database,
  type DatabaseListener,
  isDatabaseAway,
} from '../../platform/db/index.ts';
import { appError, type ComponentIdentity } from '../../platform/http/index.ts';
import type { ServerSecrets } from '../../platform/secrets/index.ts';
import { apiKeyId, FastVerifier, keyIdByLength, mintApiKey } from './api-key.ts';
import { KeyCache, type KeyEntry } from './key-cache.ts';
import { KeyProver } from './key-prover.ts';
import { findKeys, findShownKey, type KeyRow, keepFirstUse, keepVerifier } from './key-queries.ts';

export interface ComponentAuthenticatorOptions {
  db: Database;
  listener: Pick<DatabaseListener, 'on' | 'onGap' | 'isCurrent'>;
  clock: Clock;
  logger: Logger;
  secrets: Pick<ServerSecrets, 'apiKeyPepper'>;
  /** Cost of bcrypt for new keys. */
  hashCost: number;
}

/** What a key that was shown at a registration says; see `decideIdentity`. */
export interface RecognizedKey {
  componentId: string;
  machineId: string | null;
  isProof: boolean;
  isSucceeded: boolean;
}

/** The caller of a refused call. */
export interface RefusedCaller {
  componentId: string;
  kind: 'waiting' | 'replaced';
}

/** Milliseconds after which a key is read again while changes cannot be heard; a revocation takes as long at most. */
const UNHEARD_VALID_MS = 2000;
/** Milliseconds for which a key in memory, without a known change, works on while PostgreSQL is away. */
const DATABASE_AWAY_VALID_MS = 15 * 60_000;
/** Milliseconds between two tries of a database that is away; one reader makes each. */
const DATABASE_RETRY_MS = 1000;
/** Milliseconds without an answer after which the database counts as away for keys in memory. */
const KNOWN_WAIT_MS = 1000;
/** Milliseconds without an answer after which the database counts as away for all other keys. */
const UNKNOWN_WAIT_MS = 3000;
/** Stands for the address of a caller that did not give one. */
const UNKNOWN_ADDRESS = '';

/**
 * The check of API keys. The row is found by the key's public id; bcrypt proves a key once, after that an HMAC under
 * the servers' pepper does. Entries in memory are indexed by the id and hold a verifier of the whole key, never a bare
 * hash. Changes arrive by notification; a listener that may have missed some makes every entry be read again.
 *
 * While the database is away keys in memory work on, but not those with a known change: it may be the revocation.
 */
export class ComponentAuthenticator {
  readonly #options: ComponentAuthenticatorOptions;
  readonly #cache = new KeyCache();
  readonly #prover: KeyProver;
  readonly #rows: BatchReader<KeyRow>;
  /** The verifier, made with the first key: the pepper is loaded at the start. */
  #lazyVerifier: FastVerifier | undefined;
  /** Monotonic time of the next try, while the database is away. */
  #retryAt: number | undefined;

  constructor(options: ComponentAuthenticatorOptions) {
    this.#options = options;
    this.#prover = new KeyProver({
      clock: options.clock,
      hashCost: options.hashCost,
      keep: (row, verifier) => this.#keep(row, verifier),
    });
    this.#rows = new BatchReader({
      read: (ids) => this.#read(ids),
      maxKeys: 500,
      maxReads: 2,
      maxWaiting: 50_000,
    });
    options.listener.on('stratora_component', (componentId) => this.#cache.markChanged(componentId));
    options.listener.onGap(() => this.#cache.markAllStale());
  }

  /** Number of keys that bcrypt checked, for the own metrics. */
  get bcryptRuns(): number {
    return this.#prover.runs;
  }

  /** Number of proofs that wait for their turn. */
  get proofsWaiting(): number {
    return this.#prover.waiting;
  }

  /** Number of proofs that found no place in the queue. */
  get proofsRefused(): number {
    return this.#prover.refused;
  }

  get knownKeys(): number {
    return this.#cache.size;
  }

  /** Makes a new key, with the hash that is stored. */
  async mint(): Promise<{ key: string; id: string; bcrypt: string }> {
    const key = mintApiKey();
    const id = apiKeyId(key);
    if (id === undefined) throw new Error('a minted key has not the shape of one');
    return { key, id, bcrypt: await this.#prover.hash(key) };
  }

  /** Finds the approved component of a key in memory alone; undefined says nothing about the key. */
  peek(key: string): ComponentIdentity | undefined {
    const id = keyIdByLength(key);
    const entry = id === undefined ? undefined : this.#cache.get(id);
    if (!entry?.identity || !entry.verifier || !this.#isFresh(entry) || this.#isEnded(entry.row)) {
      return undefined;
    }
    return this.#verifier.isOf(key, entry.verifier) ? entry.identity : undefined;
  }

  /**
   * Finds the component that calls with a key, without waiting where the key is in memory.
   * @param from finds the caller's address, so that a flood from one place does not keep the others waiting
   * @throws AppError api_key_invalid, component_not_approved, component_revoked, too_many_requests, overloaded,
   *   database_unavailable
   */
  authenticate(key: string, from?: () => string): ComponentIdentity | Promise<ComponentIdentity> {
    const id = apiKeyId(key);
    if (id === undefined) throw invalidKey();
    const entry = this.#cache.get(id);
    if (entry?.verifier && this.#isFresh(entry) && !this.#isEnded(entry.row)) {
      if (!this.#verifier.isOf(key, entry.verifier)) throw invalidKey();
      return entry.identity ?? refuseUnapproved(entry.row);
    }
    return this.#check(key, id, from);
  }

  /**
   * Finds whose key was shown at a registration, and what it proves: a key in force, or one that was until a moment ago,
   * of an approved component. After too many wrong keys of the same id no key says anything.
   */
  async recognize(key: string, from: string = UNKNOWN_ADDRESS): Promise<RecognizedKey | undefined> {
    const id = apiKeyId(key);
    const row = id === undefined ? undefined : await findShownKey(this.#options.db, id);
    if (!row || !(await this.#isRightNow(key, row, from))) return undefined;
    const { component_id: componentId, machine_id: machineId, is_succeeded: isSucceeded } = row;
    return { componentId, machineId, isSucceeded, isProof: row.is_recent && !isSucceeded };
  }

  /** Whether a key is right; not while too many wrong ones of its id were tried. */
  async #isRightNow(key: string, row: KeyRow, from: string): Promise<boolean> {
    try {
      return await this.#isRight(key, row, () => from);
    } catch (error) {
      if (error instanceof AppError && error.code === 'too_many_requests') return false;
      throw error;
    }
  }

  /**
   * Finds whose call was refused, in memory alone: a component's that waits for approval, or one with a key that another
   * registration has replaced. Undefined for a wrong key and for whoever was revoked.
   */
  findRefused(key: string): RefusedCaller | undefined {
    const id = keyIdByLength(key);
    const entry = id === undefined ? undefined : this.#cache.get(id);
    if (!entry?.verifier || !this.#verifier.isOf(key, entry.verifier)) return undefined;
    const { component_id: componentId, approval } = entry.row;
    if (this.#isEnded(entry.row)) return { componentId, kind: 'replaced' };
    return approval === 'pending' ? { componentId, kind: 'waiting' } : undefined;
  }

  /** Marks the keys of a component as changed here; the other servers hear of it with the commit. */
  forget(componentId: string): void {
    this.#cache.markChanged(componentId);
  }

  async #check(
    key: string,
    id: string,
    from: () => string = () => UNKNOWN_ADDRESS,
  ): Promise<ComponentIdentity> {
    const row = await this.#load(id);
    if (!row || !(await this.#isRight(key, row, from))) throw invalidKey();
    const entry = this.#cache.get(id);
    // Also of a key that has ended: that its owner goes on calling is worth knowing.
    if (entry?.row.key_bcrypt === row.key_bcrypt) entry.verifier ??= this.#verifier.of(key);
    if (this.#isEnded(row)) throw invalidKey();
    // The proof may have waited for its turn, and the row may be another one by now.
    const current = await this.#load(id);
    if (current?.key_bcrypt !== row.key_bcrypt || this.#isEnded(current)) throw invalidKey();
    return identityOf(current);
  }

  async #load(id: string): Promise<KeyRow | undefined> {
    const known = this.#cache.get(id);
    if (known && this.#isFresh(known)) return known.row;
    const now = this.#options.clock.monotonic();
    const served =
      known?.verifier !== undefined && !known.isChanged && now - known.loadedAt < DATABASE_AWAY_VALID_MS
        ? known.row
        : undefined;
    if (this.#retryAt === undefined) return this.#readWithin(id, served);
    if (now >= this.#retryAt) {
      this.#retryAt = now + DATABASE_RETRY_MS;
      const reading = this.#readWithin(id, served);
      if (!served) return reading;
      // A caller whose key is in memory does not wait for the try.
      reading.catch(() => {});
    }
    if (!served) throw databaseAway();
    return served;
  }

  /**
   * Reads the row; when the database does not answer in time, or says that it cannot, returns the row that may be
   * served.
   */
  async #readWithin(id: string, served: KeyRow | undefined): Promise<KeyRow | undefined> {
    const { clock } = this.#options;
    const reading = this.#rows.read(id);
    let timer;
    const late = new Promise<never>((_, reject) => {
      timer = clock.setTimeout(() => reject(databaseAway()), served ? KNOWN_WAIT_MS : UNKNOWN_WAIT_MS);
    });
    try {
      return await Promise.race([reading, late]);
    } catch (error) {
      if (!isDatabaseAway(error)) throw error;
      this.#retryAt = clock.monotonic() + DATABASE_RETRY_MS;
      if (served) return served;
      throw error;
    } finally {
      clock.clearTimeout(timer);
      reading.catch(() => {});
    }
  }

  async #read(ids: readonly string[]): Promise<Map<string, KeyRow>> {
    // Both are taken before the query: a change during it must not be lost behind its answer.
    const loadedAt = this.#options.clock.monotonic();
    const watch = this.#cache.watch();
    try {
      const rows = new Map((await findKeys(this.#options.db, ids)).map((row) => [row.key_id, row]));
      this.#retryAt = undefined;
      for (const id of ids) {
        const row = rows.get(id);
        if (row) this.#cache.keep(row, loadedAt, watch);
        else this.#cache.drop(id, loadedAt);
      }
      return rows;
    } finally {
      this.#cache.close(watch);
    }
  }

  get #verifier(): FastVerifier {
    this.#lazyVerifier ??= new FastVerifier(this.#options.secrets.apiKeyPepper);
    return this.#lazyVerifier;
  }

  #isEnded(row: KeyRow): boolean {
    return row.expires_at !== null && row.expires_at.getTime() <= this.#options.clock.now();
  }

  async #isRight(key: string, row: KeyRow, from: () => string): Promise<boolean> {
    const known = row.fast_verifier ?? this.#cache.get(row.key_id)?.verifier;
    if (known) return this.#verifier.isOf(key, known);
    return this.#prover.prove({ key, verifier: this.#verifier.of(key), row, from: from() });
  }

  async #keep(row: KeyRow, verifier: Buffer): Promise<void> {
    if (this.#isEnded(row)) return;
    if (row.approval !== 'approved') return keepFirstUse(this.#options.db, row.key_id);
    // Keys that this one has ended stop working here with the answer, on other servers a moment later.
    if (await keepVerifier(this.#options.db, row, verifier)) this.forget(row.component_id);
  }

  #isFresh(entry: KeyEntry): boolean {
    if (entry.isStale || entry.isChanged) return false;
    return (
      this.#options.listener.isCurrent || this.#options.clock.monotonic() - entry.loadedAt < UNHEARD_VALID_MS
    );
  }
}

function identityOf(row: KeyRow): ComponentIdentity {
  if (row.approval !== 'approved') return refuseUnapproved(row);
  return {
    kind: 'component',
    componentId: row.component_id,
    type: row.type,
    nodeId: row.node_id ?? undefined,
  };
}

function refuseUnapproved({ approval }: KeyRow): never {
  if (approval === 'pending') {
    throw appError('component_not_approved', 'An administrator has not approved this component yet.');
  }
  throw appError('component_revoked', 'This component may not connect any more.');
}

function invalidKey() {
  return appError('api_key_invalid', 'The API key is not valid.');
}

function databaseAway() {
  return appError('database_unavailable', 'The database is not available; try again shortly.');
}
