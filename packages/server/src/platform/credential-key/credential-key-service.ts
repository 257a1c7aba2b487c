import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { CredentialKeyStatus } from '@stratora/contract';
import { type Clock, errorMessage, type Logger, type Periodic, periodic } from '@stratora/runtime';
import { type Actor, appendAudit, SERVER_ACTOR } from '../audit/index.ts';
import { type Database, isDatabaseAway, type Tx } from '../db/index.ts';
import { appError } from '../http/index.ts';
import type { SealedRows } from '../sealed-rows.ts';
import { CREDENTIAL_KEY_SETTING, type KeyRing, type KeyStanding, readStanding } from '../secrets/index.ts';
import { keepSetting, lockSetting } from '../settings/index.ts';
import { deleteGoneHolders, deleteHolder, keepHolder, listHolders } from './credential-key-queries.ts';
import { countOthers, resealAll } from './resealing.ts';
import { rotationFault } from './rotation-check.ts';

export interface CredentialKeyServiceOptions {
  db: Database;
  keys: KeyRing;
  keyFile: string | undefined;
  /** Everything that is sealed with the key. */
  rows: () => readonly SealedRows[];
  clock: Clock;
  logger: Logger;
  /** Ends the process at a step that a test names. */
  failpoint?: ((name: string) => void) | undefined;
}

const ROUND_MS = 5000;

/**
 * The service of the credential key. Each server tells the others which keys it has; one version seals on all of them.
 * Another one takes its place once all have it, and what older ones sealed is then sealed anew while the servers serve.
 */
export class CredentialKeyService {
  readonly loop: Periodic;
  readonly #options: CredentialKeyServiceOptions;
  readonly #serverId = randomUUID();
  #unreadable: CredentialKeyStatus['unreadable'] = [];
  #readFault: string | undefined;

  constructor(options: CredentialKeyServiceOptions) {
    this.#options = options;
    const { clock, logger } = options;
    this.loop = periodic({
      name: 'credential-key',
      intervalMs: ROUND_MS,
      clock,
      logger,
      runAtStart: true,
      run: (signal) => this.#round(signal),
    });
  }

  async status(): Promise<CredentialKeyStatus> {
    const { db, keys, keyFile, rows } = this.#options;
    const standing = await this.#standing();
    const holders = await listHolders(db);
    const remaining = await countOthers(db, rows(), standing.sealing_version);
    const areAllSealing = holders.every((holder) => holder.sealing_version === standing.sealing_version);
    const isSettled = standing.settled_at !== null;
    return {
      state: isSettled ? 'settled' : areAllSealing ? 'resealing' : 'starting',
      sealing_version: standing.sealing_version,
      newest_version: keys.newestVersion,
      since: standing.since,
      remaining,
      unreadable: remaining === 0 ? [] : this.#unreadable,
      key_file: keyFile ?? null,
      servers: holders.map((holder) => ({
        hostname: holder.hostname,
        versions: Object.keys(holder.keys)
          .map(Number)
          .toSorted((a, b) => a - b),
        sealing_version: holder.sealing_version,
        seen_at: holder.seen_at.toISOString(),
      })),
    };
  }

  /**
   * Has the newest key seal from now on, and everything sealed anew with it. Where that has begun already and is not done,
   * it goes on.
   *
   * @throws AppError invalid_state where there is no newer key, or not every server has it
   */
  async rotate(actor: Actor): Promise<CredentialKeyStatus> {
    const { db, keys } = this.#options;
    this.#reload();
    await this.#keepHolder();
    await db.transaction().execute(async (tx) => {
      await lockSetting(tx, CREDENTIAL_KEY_SETTING);
      const standing = await readStanding(tx);
      if (!standing) throw new Error('nothing says which credential key seals');
      const version = keys.newestVersion;
      if (version === standing.sealing_version && (await this.#goesOn(tx, standing))) return;
      const fault = rotationFault({
        sealing: standing.sealing_version,
        newest: { version, fingerprint: keys.fingerprints()[String(version)] ?? '' },
        holders: await listHolders(tx),
      });
      if (fault !== undefined) throw appError('invalid_state', fault);
      const next: KeyStanding = {
        sealing_version: version,
        since: new Date(this.#options.clock.now()).toISOString(),
        settled_at: null,
      };
      await keepSetting(tx, CREDENTIAL_KEY_SETTING, next);
      await appendAudit(tx, actor, {
        action: 'credential_key.rotate',
        objectType: 'credential_key',
        detail: { from: standing.sealing_version, to: version },
      });
    });
    this.loop.trigger();
    return this.status();
  }

  /** Whether there is something left to be sealed anew with the key that seals already; then that is taken up. */
  async #goesOn(tx: Tx, standing: KeyStanding): Promise<boolean> {
    const { db, rows } = this.#options;
    if (standing.settled_at === null) return true;
    if ((await countOthers(db, rows(), standing.sealing_version)) === 0) return false;
    await keepSetting(tx, CREDENTIAL_KEY_SETTING, { ...standing, settled_at: null });
    return true;
  }

  /** Takes the server off the list. */
  async stop(): Promise<void> {
    await deleteHolder(this.#options.db, this.#serverId).catch((error: unknown) => {
      if (!isDatabaseAway(error)) throw error;
    });
  }

  async #round(signal: AbortSignal): Promise<void> {
    const { db, keys, rows, failpoint } = this.#options;
    this.#reload();
    const standing = await this.#standing();
    this.#follow(standing.sealing_version);
    await this.#keepHolder();
    await deleteGoneHolders(db);
    if (standing.settled_at !== null || keys.currentVersion !== standing.sealing_version) return;
    const holders = await listHolders(db);
    // Whoever still seals with the old key would make more of what is being done away with.
    if (holders.some((holder) => holder.sealing_version !== standing.sealing_version)) return;
    const onStep = () => failpoint?.('credentials-resealed');
    const { unreadable } = await resealAll({ db, keys, rows: rows(), signal, onStep });
    this.#unreadable = unreadable;
    if (!signal.aborted && (await countOthers(db, rows(), standing.sealing_version)) === 0)
      await this.#settle(standing);
  }

  /** Writes that nothing is sealed with an older key any more. */
  async #settle({ sealing_version: version, since }: KeyStanding): Promise<void> {
    const { db, clock, logger } = this.#options;
    await db.transaction().execute(async (tx) => {
      await lockSetting(tx, CREDENTIAL_KEY_SETTING);
      const now = await readStanding(tx);
      if (now?.sealing_version !== version || now.settled_at !== null) return;
      const settled_at = new Date(clock.now()).toISOString();
      await keepSetting(tx, CREDENTIAL_KEY_SETTING, { sealing_version: version, since, settled_at });
      await appendAudit(tx, SERVER_ACTOR, {
        action: 'credential_key.settled',
        objectType: 'credential_key',
        detail: { version },
      });
      logger.info({ version }, 'every secret is sealed with the credential key');
    });
  }

  /** Seals with the version that all servers seal with. */
  #follow(version: number): void {
    const { keys, logger } = this.#options;
    if (keys.currentVersion === version) return;
    try {
      keys.sealWith(version);
      logger.info({ version }, 'sealing with another credential key');
    } catch {
      logger.error(
        { version },
        'this server lacks the credential key that seals; give it the key and start it anew',
      );
    }
  }

  /** Reads the keys again; a fault is told once. */
  #reload(): void {
    const { keys, logger } = this.#options;
    try {
      keys.reload();
      this.#readFault = undefined;
    } catch (error) {
      const fault = errorMessage(error);
      if (fault !== this.#readFault) logger.error({ reason: fault }, 'credential keys not read again');
      this.#readFault = fault;
    }
  }

  #keepHolder(): Promise<void> {
    const { db, keys } = this.#options;
    return keepHolder(db, {
      server_id: this.#serverId,
      hostname: hostname(),
      keys: keys.fingerprints(),
      sealing_version: keys.currentVersion,
    });
  }

  async #standing(): Promise<KeyStanding> {
    const standing = await readStanding(this.#options.db);
    if (!standing) throw new Error('nothing says which credential key seals');
    return standing;
  }
}
