export { MAIL_SERVER_BINDING } from './mail-server-store.ts';
export { createSettings, type SettingsModule, type SettingsOptions } from './settings-module.ts';
export { ensureSetting, findSetting, keepSetting, lockSetting } from './settings-queries.ts';
export type { Settings, SettingsCheck } from './settings-store.ts';
