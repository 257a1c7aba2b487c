import {
  heartbeatSettingSchema,
  type MailServer,
  mailServerSchema,
  outageNoticeSettingSchema,
  publicOriginSchema,
} from '@stratora/contract';
import { errorMessage, type Logger, type Periodic, periodic } from '@stratora/runtime';
import { z } from 'zod';
import { type Actor, appendAudit } from '../audit/index.ts';
import type { Database, Tx } from '../db/index.ts';
import { changedFields, isEmpty, type Precondition } from '../http/index.ts';
import {
  openMailServer,
  type Sealer,
  type StoredMailServer,
  sealMailServer,
  showMailServer,
} from './mail-server-store.ts';
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
  /** Seconds between two readings of the neighbour tables of a node, 10 at least; 0: they are not read. */
  neighbour_interval_seconds: z
    .int()
    .min(0)
    .max(86_400)
    .refine((seconds) => seconds === 0 || seconds >= 10, 'must be 0, or 10 at least'),
  /** The mail server by which notices go out; null: none. */
  smtp: mailServerSchema.nullable(),
  /** The address of the server in links of notices; null: that with which it was started. */
  public_origin: publicOriginSchema.nullable(),
  /** The sign of life to an address outside; null: none. */
  heartbeat: heartbeatSettingSchema.nullable(),
  /** What collectors tell by themselves while they cannot reach the server; null: nothing. */
  outage_notice: outageNoticeSettingSchema.nullable(),
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
  neighbour_interval_seconds: 300,
  smtp: null,
  public_origin: null,
  heartbeat: null,
  outage_notice: null,
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
  neighbour_interval_seconds: shape.neighbour_interval_seconds.default(
    DEFAULT_SETTINGS.neighbour_interval_seconds,
  ),
  smtp: shape.smtp.default(null),
  public_origin: shape.public_origin.default(null),
  heartbeat: shape.heartbeat.default(null),
  outage_notice: shape.outage_notice.default(null),
});

/** The settings as they are stored: the password of the mail server sealed. */
type StoredSettings = Omit<Settings, 'smtp'> & { smtp: StoredMailServer | null };

export interface SettingsStoreOptions {
  db: Database;
  /** Seals what is secret among them. */
  sealer: Sealer;
  logger: Logger;
  /** Checks what settings name beyond their own shape. @throws AppError validation_failed */
  check: SettingsCheck;
}

/** What a change of settings is checked by, in its own transaction; it sees what is changed alone. */
export type SettingsCheck = (tx: Tx, changed: SettingsChange) => Promise<void>;

/** The settings in force: applied whole or not at all; the last good ones stay while the database is away. */
export class SettingsStore {
  readonly #db: Database;
  readonly #sealer: Sealer;
  readonly #logger: Logger;
  readonly #check: SettingsCheck;
  readonly #loop: Periodic;
  #current: Settings = DEFAULT_SETTINGS;
  #mailServer: MailServer | undefined;
  /** What the mail server was opened from, so that a fault is told once. */
  #openedFrom = 'null';

  constructor({ db, sealer, logger, check }: SettingsStoreOptions) {
    this.#db = db;
    this.#sealer = sealer;
    this.#logger = logger;
    this.#check = check;
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

  /** The mail server with its password; undefined where there is none, or its password cannot be opened here. */
  get mailServer(): MailServer | undefined {
    return this.#mailServer;
  }

  /** The mail server as it is stored, sealed: it changes whenever the server or its password does. */
  get mailServerMark(): string {
    return this.#openedFrom;
  }

  get loop(): Periodic {
    return this.#loop;
  }

  async load(): Promise<void> {
    const stored = await read(this.#db);
    const shown = settingsSchema.safeParse(showSettings(stored));
    if (shown.success) this.#apply(shown.data, stored);
  }

  async update(actor: Actor, change: SettingsChange, match?: Precondition<Settings>): Promise<Settings> {
    const next = await this.#db.transaction().execute(async (tx) => {
      await ensureSetting(tx, ROW, {});
      await lockSetting(tx, ROW);
      const stored = await read(tx);
      const before = settingsSchema.parse(showSettings(stored));
      match?.(before);
      const changed = changedFields(before, change);
      if (isEmpty(changed)) return { shown: before, stored };
      await this.#check(tx, changed);
      const fresh = this.#withChange(stored, changed);
      const shown = settingsSchema.parse(showSettings(fresh));
      await keepSetting(tx, ROW, fresh);
      const detail = changed.smtp ? { ...changed, smtp: auditedServer(shown.smtp) } : changed;
      await appendAudit(tx, actor, { action: 'settings.update', objectType: 'settings', detail });
      return { shown, stored: fresh };
    });
    this.#apply(next.shown, next.stored);
    return next.shown;
  }

  #withChange(stored: StoredSettings, { smtp, ...changed }: SettingsChange): StoredSettings {
    const next = { ...stored, ...(changed as Partial<StoredSettings>) };
    if (smtp === undefined) return next;
    return { ...next, smtp: smtp === null ? null : sealMailServer(smtp, stored.smtp, this.#sealer) };
  }

  #apply(shown: Settings, { smtp }: StoredSettings): void {
    this.#current = shown;
    const asStored = JSON.stringify(smtp);
    if (asStored === this.#openedFrom) return;
    this.#openedFrom = asStored;
    try {
      this.#mailServer = smtp === null ? undefined : openMailServer(smtp, this.#sealer);
    } catch (error) {
      this.#mailServer = undefined;
      this.#logger.error(
        { reason: errorMessage(error) },
        'the password of the mail server cannot be opened; give it anew',
      );
    }
  }
}

/** Returns what the audit log tells of a mail server: neither its password nor pages of certificates. */
function auditedServer(shown: MailServer | null) {
  return shown && { ...shown, ca_pem: shown.ca_pem === null ? null : 'given' };
}

function showSettings(stored: StoredSettings): Settings {
  return { ...stored, smtp: stored.smtp === null ? null : showMailServer(stored.smtp) };
}

async function read(db: Database | Tx): Promise<StoredSettings> {
  return {
    ...DEFAULT_SETTINGS,
    smtp: null,
    ...((await findSetting(db, ROW)) as Partial<StoredSettings> | undefined),
  };
}
