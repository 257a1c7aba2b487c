export { createSettings, type SettingsModule, type SettingsOptions } from './settings-module.ts';
export { ensureSetting, findSetting, keepSetting } from './settings-queries.ts';
export type { Settings, SettingsCheck } from './settings-store.ts';
