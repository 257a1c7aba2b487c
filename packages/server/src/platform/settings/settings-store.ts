import { type Logger, type Periodic, periodic } from '@stratora/runtime';
import { z } from 'zod';
import { type Actor, appendAudit } from '../audit/index.ts';
import type { Database, Tx } from '../db/index.ts';
import { changedFields, isEmpty, type Precondition } from '../http/index.ts';
import { ensureSetting, findSetting, keepSetting, lockSetting } from './settings-queries.ts';

/** The settings that administrators may change while the system runs. Seconds are whole. */
export const settingsSchema = z.strictObject({
  /** Seconds of silence of a polled node until it counts as offline. */
  node_unreachable_seconds: z.int().min(10).max(86_400),
  /** Seconds for which the series of a node that is new or was moved are not judged. */
  node_settle_seconds: z.int().min(0).max(86_400),
  /** Days after which a component fetches a new key by itself; 0 never. */
  component_key_max_age_days: z.int().min(0).max(3650),
  /**
   * Seconds for which each stage of a rollout must run well before the next; 0 gives a changed template to everybody at
   * once.
   */
  rollout_soak_seconds: z.int().min(0).max(86_400),
  /** Days for which a resolved alert is kept with its timeline. */
  alert_keep_days: z.int().min(1).max(3650),
});
export type Settings = z.infer<typeof settingsSchema>;

/** The schema of a change of settings; absent ones stay. */
export const settingsChangeSchema = settingsSchema.partial();
export type SettingsChange = z.infer<typeof settingsChangeSchema>;

export const DEFAULT_SETTINGS: Settings = {
  node_unreachable_seconds: 300,
  node_settle_seconds: 300,
  component_key_max_age_days: 0,
  rollout_soak_seconds: 300,
  alert_keep_days: 365,
};

const ROW = 'product';
/** Milliseconds until a change by another server is in force here, at the latest. */
const RELOAD_EVERY_MS = 10_000;

const { shape } = settingsSchema;
/** The schema of all settings at once: absent ones get their defaults. */
export const replaceSettingsSchema = z.strictObject({
  node_unreachable_seconds: shape.node_unreachable_seconds.default(DEFAULT_SETTINGS.node_unreachable_seconds),
  node_settle_seconds: shape.node_settle_seconds.default(DEFAULT_SETTINGS.node_settle_seconds),
  component_key_max_age_days: shape.component_key_max_age_days.default(
    DEFAULT_SETTINGS.component_key_max_age_days,
  ),
  rollout_soak_seconds: shape.rollout_soak_seconds.default(DEFAULT_SETTINGS.rollout_soak_seconds),
  alert_keep_days: shape.alert_keep_days.default(DEFAULT_SETTINGS.alert_keep_days),
});

export interface SettingsStoreOptions {
  db: Database;
  logger: Logger;
}

/** The settings in force: applied whole or not at all; the last good ones stay while the database is away. */
export class SettingsStore {
  readonly #db: Database;
  readonly #loop: Periodic;
  #current: Settings = DEFAULT_SETTINGS;

  constructor({ db, logger }: SettingsStoreOptions) {
    this.#db = db;
    this.#loop = periodic({
      name: 'settings-reload',
      intervalMs: RELOAD_EVERY_MS,
      logger,
      run: () => this.load(),
    });
  }

  get current(): Settings {
    return this.#current;
  }

  get loop(): Periodic {
    return this.#loop;
  }

  async load(): Promise<void> {
    const stored = settingsSchema.safeParse(await read(this.#db));
    if (stored.success) this.#current = stored.data;
  }

  async update(actor: Actor, change: SettingsChange, match?: Precondition<Settings>): Promise<Settings> {
    this.#current = await this.#db.transaction().execute(async (tx) => {
      await ensureSetting(tx, ROW, {});
      await lockSetting(tx, ROW);
      const before = settingsSchema.parse(await read(tx));
      match?.(before);
      const changed = changedFields(before, change);
      if (isEmpty(changed)) return before;
      const next = settingsSchema.parse({ ...before, ...changed });
      await keepSetting(tx, ROW, next);
      await appendAudit(tx, actor, { action: 'settings.update', objectType: 'settings', detail: changed });
      return next;
    });
    return this.#current;
  }
}

async function read(db: Database | Tx): Promise<Record<string, unknown>> {
  return { ...DEFAULT_SETTINGS, ...((await findSetting(db, ROW)) as Partial<Settings> | undefined) };
}
