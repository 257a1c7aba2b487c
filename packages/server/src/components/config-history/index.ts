export { type ConfigCipher, openText, packText, type StoredText, sealText } from './config-body.ts';
export { ConfigHistory } from './config-history.ts';
export { CONFIG_STAND } from './history-queries.ts';
export { configHistoryRoutes } from './history-routes.ts';
