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
 * Runs the collector: it polls what the server tells it to, keeps what the engine gathers in its spool and sends it.
 * The environment is that of docs/reference: STRATORA_SERVER_URL, STRATORA_STATE_DIR, STRATORA_ENGINE_COMMAND and so on.
 *
 * @throws EnvironmentError, StateBusyError
 */
export function runCollector(environment: EnvironmentSource, options: RunOptions): Promise<RunningComponent> {
  return runComponent('collector', environment, options);
}

/** @throws EnrollmentRefused when the server says no */
export function enrollCollector(
  environment: EnvironmentSource,
  options: EnrollCommandOptions,
): Promise<EnrollResult> {
  return enrollComponent('collector', environment, options);
}

export function collectorStatus(environment: EnvironmentSource): Promise<StatusAnswer> {
  return componentStatus(environment);
}
