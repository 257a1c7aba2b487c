export type { BackendEnvironment, ComponentEnvironment } from './backend-environment.ts';
export { type Examination, examineInstallation } from './doctor.ts';
export type { Finding } from './finding.ts';
export { findFreePorts } from './free-ports.ts';
export { findInstallation, type Installation } from './installation.ts';
export { type LaunchOptions, readLaunchOptions, UsageError } from './launch-options.ts';
export { NEWEST_STORE_VERSION, newestStorePath, provideNewestStore } from './newest-store.ts';
export { findNginx } from './nginx-binary.ts';
export { type NginxConfigOptions, renderNginxConfig } from './nginx-config.ts';
export { findProgram } from './program-search.ts';
export { ensureCertificates, type TlsFiles } from './server-certificate.ts';
export type { DatabaseCheck } from './start-check.ts';
export {
  type FoundTelegraf,
  locateTelegraf,
  provideTelegraf,
  TELEGRAF_VERSION,
  type TelegrafBuild,
  type TelegrafSearch,
} from './telegraf-binary.ts';
export { defaultToolCacheDir } from './tool-cache.ts';
export { runUp, type UpHost } from './up.ts';
export { UP_HELP } from './up-help.ts';
export { GOVMOMI_VERSION, provideVcsim, type VcsimBuild, vcsimPath } from './vcsim-binary.ts';
export {
  findVictoriaMetrics,
  type ToolSearch,
  ToolUnavailableError,
  VICTORIA_METRICS_RELEASE,
} from './victoria-metrics-binary.ts';
export { provideStoreTool, type StoreToolSearch } from './victoria-metrics-tools.ts';
