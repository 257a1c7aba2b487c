import {
  type ComponentStatus,
  componentStatus,
  type EnrollCommandOptions,
  type EnrollResult,
  enrollComponent,
  type RunningComponent,
  type RunOptions,
  runComponent,
  type StatusAnswer,
} from '@stratora/fleet';
import type { EnvironmentSource } from '@stratora/runtime';

export type {
  ComponentStatus,
  EnrollCommandOptions,
  EnrollResult,
  RunningComponent,
  RunOptions,
  StatusAnswer,
};

/**
 * Runs the agent: it reports the host that it is on, keeps what the engine gathers in its spool and sends it. The
 * environment is that of docs/reference: STRATORA_SERVER_URL, STRATORA_STATE_DIR, STRATORA_ENGINE_COMMAND and so on.
 *
 * @throws EnvironmentError, StateBusyError
 */
export function runAgent(environment: EnvironmentSource, options: RunOptions): Promise<RunningComponent> {
  return runComponent('agent', environment, options);
}

/** @throws EnrollmentRefused when the server says no */
export function enrollAgent(
  environment: EnvironmentSource,
  options: EnrollCommandOptions,
): Promise<EnrollResult> {
  return enrollComponent('agent', environment, options);
}

export function agentStatus(environment: EnvironmentSource): Promise<StatusAnswer> {
  return componentStatus(environment);
}
