export { settingsRoutes } from './settings-routes.ts';
export { SettingsStore } from './settings-store.ts';
