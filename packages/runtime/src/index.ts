export { AppError, type AppErrorOptions, errorMessage } from './app-error.ts';
export { writeFileAtomic } from './atomic-file.ts';
export { type Backoff, type BackoffOptions, createBackoff } from './backoff.ts';
export { type Clock, sleep, systemClock, type TimerHandle } from './clock.ts';
export { type ConnectFirstOptions, connectFirst } from './connect-first.ts';
export { DirectoryError, makeDirectory, makeWritableDirectory } from './directory.ts';
export {
  EnvironmentError,
  type EnvironmentSource,
  type EnvironmentVariable,
  envBoolean,
  envInteger,
  envOneOf,
  envOptional,
  envPort,
  envString,
  readEnvironment,
} from './environment.ts';
export { envDatabaseUrl, envHttpUrl, envNetworks, envOrigins, required } from './environment-addresses.ts';
export { escapeHtml } from './html-text.ts';
export { type HttpProxy, readHttpProxy } from './http-proxy.ts';
export { formatKeyFile, parseKeyFile } from './key-file.ts';
export { Lifecycle } from './lifecycle.ts';
export {
  createLogger,
  LOG_LEVELS,
  type Logger,
  type LoggerOptions,
  type LogLevel,
  silentLogger,
} from './logger.ts';
export {
  type Family,
  isAddress,
  NameError,
  NameLookup,
  type NameLookupOptions,
} from './name-lookup.ts';
export { numberInText } from './number-text.ts';
export { OutboundError, type OutboundReason } from './outbound-error.ts';
export {
  byTurns,
  OutboundGuard,
  type OutboundGuardOptions,
  OutboundRefused,
  type OwnEndpoint,
} from './outbound-guard.ts';
export {
  createHttpClient,
  type HttpAnswer,
  type HttpCall,
  type HttpClient,
  type HttpClientOptions,
} from './outbound-http.ts';
export {
  type Periodic,
  type PeriodicOptions,
  type PeriodicStats,
  periodic,
  stableFraction,
} from './periodic.ts';
export {
  CertificatePinError,
  fetchPinnedAuthority,
  findPinned,
  fingerprintOf,
  type PinnedFetchOptions,
  readPin,
} from './pinned-authority.ts';
export { type RunOptions, type RunResult, runProcess } from './process-run.ts';
export {
  type Supervised,
  type SupervisedExit,
  type SupervisedState,
  type SuperviseOptions,
  superviseProcess,
} from './process-supervisor.ts';
export { compareProductVersions } from './product-version.ts';
export { onStopRequest, type StopSource } from './stop-request.ts';
export { sanitizeText, UNTRUSTED_TEXT_MAX_BYTES } from './text.ts';
export { type FileFault, parseToml, type ReadFile, readTomlFiles } from './toml-files.ts';
