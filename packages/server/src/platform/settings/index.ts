export { createSettings, type SettingsOptions, type SettingsModule } from './settings-module.ts';
export { ensureSetting, findSetting, keepSetting } from './settings-queries.ts';
export type { Settings } from './settings-store.ts';
