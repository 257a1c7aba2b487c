export { type RunningComponent, type RunOptions, runComponent } from './component/component.ts';
export type { ConnectionState } from './component/connection.ts';
export {
  type EnrollCommandOptions,
  type EnrollResult,
  enrollComponent,
  ServerNotReached,
} from './component/enroll-command.ts';
export { AUTHORITY_FILE } from './component/server-authority.ts';
export { StateBusyError } from './component/state-lock.ts';
export { componentStatus, type StatusAnswer } from './component/status-command.ts';
export type { ComponentStatus } from './component/status-file.ts';
export { EnrollmentRefused } from './enrollment/enroll.ts';
export type { Failpoint } from './failpoint.ts';
export { Spool, SpoolFullError, type SpoolOptions } from './spool/spool.ts';
export type { SpoolState } from './spool/spool-state.ts';
