export { EnrollmentRefused } from './enrollment/enroll.ts';
export type { Failpoint } from './failpoint.ts';
export { type RunningComponent, type RunOptions, runComponent } from './process/component.ts';
export type { ConnectionState } from './process/connection.ts';
export {
  type EnrollCommandOptions,
  type EnrollResult,
  enrollComponent,
  ServerNotReached,
} from './process/enroll-command.ts';
export { AUTHORITY_FILE } from './process/server-authority.ts';
export { StateBusyError } from './process/state-lock.ts';
export { componentStatus, type StatusAnswer } from './process/status-command.ts';
export type { ComponentStatus } from './process/status-file.ts';
export { Spool, SpoolFullError, type SpoolOptions } from './spool/spool.ts';
export type { SpoolState } from './spool/spool-state.ts';
