export { ensureSetting, findSetting, keepSetting } from './settings-queries.ts';
export { settingsRoutes } from './settings-routes.ts';
export { SettingsStore } from './settings-store.ts';
