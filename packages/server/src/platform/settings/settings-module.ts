import type { Logger } from '@stratora/runtime';
import type { Database } from '../db/index.ts';
import type { ServerModule } from '../module.ts';
import { settingsRoutes } from './settings-routes.ts';
import { type Settings, SettingsStore } from './settings-store.ts';

export interface SettingsOptions {
  db: Database;
  logger: Logger;
}

export interface SettingsModule extends ServerModule {
  /** The settings in force; read anew at each use. */
  readonly current: Settings;
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
  };
}
