export { ApiClient } from './api-client.ts';
export { freeTcpPort, freeUdpPort } from './free-port.ts';
export { ManualClock } from './manual-clock.ts';
export { isAlive, processesWith, residentBytes } from './process-table.ts';
export {
  ADMIN_PASSWORD,
  REPOSITORY,
  type ReadyFile,
  StratoraSystem,
  type SystemOptions,
} from './stratora-system.ts';
export { type WaitOptions, waitFor } from './wait-for.ts';
