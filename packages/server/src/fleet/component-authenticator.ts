import { hash, verify } from '@node-rs/bcrypt';
import { AppError, type Clock, type Logger } from '@stratora/runtime';
import { type Database, type DatabaseListener, isDatabaseAway } from '../db/index.ts';
import { appError, type ComponentIdentity } from '../http/index.ts';
import { AttemptLimiter, type ServerSecrets, WorkQueue } from '../secrets/index.ts';
import { apiKeyId, FastVerifier, isSameVerifier, mintApiKey } from './api-key.ts';
import { findKey, type KeyRow, keepVerifier } from './key-queries.ts';

export interface AuthenticatorDependencies {
  db: Database;
  listener: Pick<DatabaseListener, 'on' | 'onGap' | 'isCurrent'>;
  clock: Clock;
  logger: Logger;
  secrets: Pick<ServerSecrets, 'apiKeyPepper'>;
}

interface Entry {
  row: KeyRow;
  /** Set once this key was proved. */
  verifier: Buffer | undefined;
  loadedAt: number;
  isStale: boolean;
}

const BCRYPT_COST = 12;
/** While changes cannot be heard, a key is looked up again after this long; revocation reaches us within it. */
const UNHEARD_VALID_MS = 2000;
/** With PostgreSQL away, keys that are known go on for this long (nobody can revoke in that time either). */
const DATABASE_AWAY_VALID_MS = 15 * 60_000;
const DATABASE_RETRY_MS = 1000;
/** Wrong secrets for one key id, before bcrypt is reached. */
const WRONG_KEY_LIMIT = { attempts: 5, windowMs: 60_000 };
const CACHE_MAX = 100_000;

/**
 * Checks API keys. The row is found by the key's public id; bcrypt proves a key once, after that an HMAC under the
 * servers' pepper does. What is kept in memory is indexed by the id and holds a verifier of the whole key, never a
 * bare hash. Changes arrive by notification; a listener that may have missed some makes every entry be read again.
 */
export class ComponentAuthenticator {
  readonly #deps: AuthenticatorDependencies;
  readonly #entries = new Map<string, Entry>();
  readonly #idsByComponent = new Map<string, Set<string>>();
  readonly #loading = new Map<string, Promise<KeyRow | undefined>>();
  readonly #proving = new Map<string, Promise<boolean>>();
  readonly #limiter: AttemptLimiter;
  readonly #bcrypt = new WorkQueue(2, 2000);
  /** Made with the first key: the pepper is loaded at the start. */
  #verifier: FastVerifier | undefined;
  #notices = 0;
  #databaseAwayUntil = Number.NEGATIVE_INFINITY;
  /** How often bcrypt ran, for the own metrics. */
  bcryptRuns = 0;

  constructor(deps: AuthenticatorDependencies) {
    this.#deps = deps;
    this.#limiter = new AttemptLimiter(deps.clock, WRONG_KEY_LIMIT);
    deps.listener.on('stratora_component', (componentId) => this.#markStale(componentId));
    deps.listener.onGap(() => {
      for (const entry of this.#entries.values()) entry.isStale = true;
    });
  }

  /** A new key with what is stored of it. */
  async mint(): Promise<{ key: string; id: string; bcrypt: string }> {
    const key = mintApiKey();
    const id = apiKeyId(key);
    if (id === undefined) throw new Error('a minted key has not the shape of one');
    return { key, id, bcrypt: await this.#bcrypt.run(() => hash(key, { cost: BCRYPT_COST })) };
  }

  /**
   * Who calls with this key; without waiting where the key is known.
   * @throws AppError api_key_invalid, component_not_approved, component_revoked, too_many_requests
   */
  authenticate(key: string): ComponentIdentity | Promise<ComponentIdentity> {
    const id = apiKeyId(key);
    if (id === undefined) throw invalidKey();
    const entry = this.#entries.get(id);
    if (entry?.verifier && this.#isFresh(entry) && !this.#isEnded(entry.row)) {
      if (!isSameVerifier(this.#verifierOf(key), entry.verifier)) throw invalidKey();
      return identityOf(entry.row);
    }
    return this.#check(key, id);
  }

  /**
   * Whether this is the key of the approved component, or was until a moment ago: proof at re-enrolment. A key of which
   * too many wrong ones came proves nothing.
   */
  async proves(key: string, componentId: string): Promise<boolean> {
    const id = apiKeyId(key);
    const row = id === undefined ? undefined : await findKey(this.#deps.db, id);
    if (row?.component_id !== componentId || row.approval !== 'approved') return false;
    try {
      return await this.#isRight(key, row);
    } catch (error) {
      if (error instanceof AppError && error.code === 'too_many_requests') return false;
      throw error;
    }
  }

  async #check(key: string, id: string): Promise<ComponentIdentity> {
    const row = await this.#load(id);
    if (!row || this.#isEnded(row)) throw invalidKey();
    if (!(await this.#isRight(key, row))) throw invalidKey();
    const entry = this.#entries.get(id);
    if (entry?.row === row) entry.verifier = this.#verifierOf(key);
    return identityOf(row);
  }

  async #load(id: string): Promise<KeyRow | undefined> {
    const known = this.#entries.get(id);
    if (known && this.#isFresh(known)) return known.row;
    const now = this.#deps.clock.monotonic();
    const mayServe = known?.verifier !== undefined && now - known.loadedAt < DATABASE_AWAY_VALID_MS;
    // A database that hangs must not hold every call for the time of its timeout.
    if (mayServe && now < this.#databaseAwayUntil) return known.row;
    let loading = this.#loading.get(id);
    if (!loading) {
      loading = this.#read(id).finally(() => this.#loading.delete(id));
      this.#loading.set(id, loading);
    }
    try {
      return await loading;
    } catch (error) {
      if (!mayServe || !isDatabaseAway(error)) throw error;
      this.#databaseAwayUntil = this.#deps.clock.monotonic() + DATABASE_RETRY_MS;
      return known.row;
    }
  }

  async #read(id: string): Promise<KeyRow | undefined> {
    const loadedAt = this.#deps.clock.monotonic();
    const noticesBefore = this.#notices;
    const row = await findKey(this.#deps.db, id);
    if (!row) {
      this.#entries.delete(id);
      return undefined;
    }
    const before = this.#entries.get(id);
    const isSameKey = before?.row.key_bcrypt === row.key_bcrypt;
    this.#keep(id, {
      row,
      verifier: row.fast_verifier ?? (isSameKey ? before.verifier : undefined),
      loadedAt,
      // What was told while we read may be newer than what we read.
      isStale: this.#notices !== noticesBefore,
    });
    return row;
  }

  #verifierOf(key: string): Buffer {
    this.#verifier ??= new FastVerifier(this.#deps.secrets.apiKeyPepper);
    return this.#verifier.of(key);
  }

  #isEnded(row: KeyRow): boolean {
    return row.expires_at !== null && row.expires_at.getTime() <= this.#deps.clock.now();
  }

  #keep(id: string, entry: Entry): void {
    if (this.#entries.size >= CACHE_MAX) {
      const oldest = this.#entries.keys().next().value;
      if (oldest !== undefined) this.#entries.delete(oldest);
    }
    this.#entries.set(id, entry);
    const ids = this.#idsByComponent.get(entry.row.component_id) ?? new Set();
    ids.add(id);
    this.#idsByComponent.set(entry.row.component_id, ids);
  }

  async #isRight(key: string, row: KeyRow): Promise<boolean> {
    const verifier = this.#verifierOf(key);
    const known = row.fast_verifier ?? this.#entries.get(row.key_id)?.verifier;
    if (known) return isSameVerifier(verifier, known);
    const mark = verifier.toString('base64');
    let proving = this.#proving.get(mark);
    if (!proving) {
      proving = this.#prove(key, row, verifier).finally(() => this.#proving.delete(mark));
      this.#proving.set(mark, proving);
    }
    return proving;
  }

  async #prove(key: string, row: KeyRow, verifier: Buffer): Promise<boolean> {
    const waitSeconds = this.#limiter.take(row.key_id);
    if (waitSeconds !== undefined) {
      throw appError('too_many_requests', `Too many wrong keys; try again in ${waitSeconds} s.`, {
        details: { retryAfterSeconds: waitSeconds },
      });
    }
    this.bcryptRuns += 1;
    const isRight = await this.#bcrypt.run(() => verify(key, row.key_bcrypt));
    if (!isRight) return false;
    this.#limiter.giveBack(row.key_id);
    if (row.approval === 'approved' && !this.#isEnded(row)) await keepVerifier(this.#deps.db, row, verifier);
    return true;
  }

  #isFresh(entry: Entry): boolean {
    if (entry.isStale) return false;
    return this.#deps.listener.isCurrent || this.#deps.clock.monotonic() - entry.loadedAt < UNHEARD_VALID_MS;
  }

  /** What changed here is known here at once; the others hear of it with the commit. */
  forget(componentId: string): void {
    this.#markStale(componentId);
  }

  #markStale(componentId: string): void {
    this.#notices += 1;
    for (const id of this.#idsByComponent.get(componentId) ?? []) {
      const entry = this.#entries.get(id);
      if (entry) entry.isStale = true;
    }
  }
}

function identityOf(row: KeyRow): ComponentIdentity {
  if (row.approval === 'pending') {
    throw appError('component_not_approved', 'An administrator has not approved this component yet.');
  }
  if (row.approval !== 'approved')
    throw appError('component_revoked', 'This component may not connect any more.');
  return {
    kind: 'component',
    componentId: row.component_id,
    type: row.type,
    nodeId: row.node_id ?? undefined,
  };
}

function invalidKey() {
  return appError('api_key_invalid', 'The API key is not valid.');
}
