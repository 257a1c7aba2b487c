import type { MailServer } from '@stratora/contract';
import type { Logger } from '@stratora/runtime';
import type { Database } from '../db/index.ts';
import type { ServerModule } from '../module.ts';
import type { Sealer } from './mail-server-store.ts';
import { settingsRoutes } from './settings-routes.ts';
import { type Settings, type SettingsCheck, SettingsStore } from './settings-store.ts';

export interface SettingsOptions {
  db: Database;
  /** Seals what is secret among the settings. */
  sealer: Sealer;
  logger: Logger;
  /** Checks what settings name beyond their own shape. */
  check: SettingsCheck;
}

export interface SettingsModule extends ServerModule {
  /** The settings in force; read anew at each use. */
  readonly current: Settings;
  /** The mail server with its password; undefined where there is none. */
  readonly mailServer: MailServer | undefined;
  /** Changes whenever the mail server or its password does. */
  readonly mailServerMark: string;
}

/** Builds the module of the settings that administrators change while the system runs. */
export function createSettings(options: SettingsOptions): SettingsModule {
  const store = new SettingsStore(options);
  return {
    name: 'settings',
    routes: { user: [settingsRoutes(store)] },
    loops: [store.loop],
    prepare: () => store.load(),
    get current() {
      return store.current;
    },
    get mailServer() {
      return store.mailServer;
    },
    get mailServerMark() {
      return store.mailServerMark;
    },
  };
}
