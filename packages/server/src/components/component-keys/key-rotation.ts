import type { Clock } from '@stratora/runtime';
import { type Actor, appendAudit } from '../../platform/audit/index.ts';
import type { Database } from '../../platform/db/index.ts';
import { appError } from '../../platform/http/index.ts';
import { AttemptLimiter } from '../../platform/secrets/index.ts';
import { findDueComponent, listDue, markOldKeys } from '../component-registry/index.ts';
import type { ComponentAuthenticator } from './component-authenticator.ts';
import { addFetchedKey } from './key-queries.ts';

export interface KeyRotationOptions {
  db: Database;
  clock: Clock;
  authenticator: Pick<ComponentAuthenticator, 'mint' | 'forget'>;
  /** Most days of age of a component's newest key; 0: any. */
  maxAgeDays: () => number;
}

/** Bound of fetches of one component: each key costs a bcrypt. */
const FETCHES = { attempts: 10, windowMs: 60_000 };
const MARK_EVERY_MS = 60_000;

/**
 * The rotation of keys by components themselves. A rotation marks the component; every answer says so until it fetches
 * a key with the one it has; the first use of the new key ends the old one and the mark. After a crash of either side
 * the component just asks again: an old key works until its successor is used.
 */
export class KeyRotation {
  readonly #options: KeyRotationOptions;
  readonly #limiter: AttemptLimiter;
  #due: ReadonlySet<string> = new Set();
  #markedAt = Number.NEGATIVE_INFINITY;

  constructor(options: KeyRotationOptions) {
    this.#options = options;
    this.#limiter = new AttemptLimiter(options.clock, FETCHES);
  }

  /** Whether a key of the component was due in the last round. */
  isDue(componentId: string): boolean {
    return this.#due.has(componentId);
  }

  /** Marks components with an old key, now and then, and reads which ones are marked. */
  async round(): Promise<void> {
    const { db, clock, maxAgeDays } = this.#options;
    const days = maxAgeDays();
    if (days > 0 && clock.monotonic() - this.#markedAt >= MARK_EVERY_MS) {
      await markOldKeys(db, days);
      this.#markedAt = clock.monotonic();
    }
    this.#due = new Set(await listDue(db));
  }

  /**
   * Issues a new key to a component that asks with the one it has. A key that was fetched before and never used ends:
   * its answer was lost.
   *
   * @throws AppError invalid_state when none is due, too_many_requests
   */
  async issue(componentId: string, caller: Pick<Actor, 'requestId' | 'address'>) {
    const { db, authenticator } = this.#options;
    if (!(await findDueComponent(db, componentId))) throw notDue();
    const waitSeconds = this.#limiter.take(componentId);
    if (waitSeconds !== undefined) {
      throw appError('too_many_requests', `Too many new keys; try again in ${waitSeconds} s.`, {
        details: { retryAfterSeconds: waitSeconds },
      });
    }
    const minted = await authenticator.mint();
    await db.transaction().execute(async (tx) => {
      const component = await findDueComponent(tx, componentId, 'lock');
      if (!component) throw notDue();
      await addFetchedKey(tx, componentId, minted);
      const actor = { userId: null, name: `${component.component_type} ${component.hostname}`, ...caller };
      await appendAudit(tx, actor, {
        action: 'component.fetch_key',
        objectType: 'component',
        objectId: componentId,
        detail: { name: component.name },
      });
    });
    authenticator.forget(componentId);
    return { component_id: componentId, api_key: minted.key };
  }
}

function notDue() {
  return appError('invalid_state', 'No new key is due for this component.');
}
