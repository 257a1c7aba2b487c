import { DirectoryError, type EnvironmentSource, errorMessage } from '@stratora/runtime';
import { CannotStartError } from './cannot-start-error.ts';
import { DataDirectoryBusyError } from './data-lock.ts';
import type { Installation } from './installation.ts';
import { readLaunchOptions, UsageError } from './launch-options.ts';
import { Launcher } from './launcher.ts';
import type { DatabaseCheck } from './start-check.ts';
import { openTerminal, type Terminal } from './terminal-output.ts';
import { UP_HELP } from './up-help.ts';
import { ToolUnavailableError } from './victoria-metrics-binary.ts';

/** The parts of the running process that `up` uses. */
export interface UpHost {
  args: readonly string[];
  environment: EnvironmentSource;
  workingDir: string;
  stdout: Parameters<typeof openTerminal>[0];
  stderr: Parameters<typeof openTerminal>[1];
  /** Looks at the database of DATABASE_URL before anything is started. */
  checkDatabase: DatabaseCheck;
  /** Registers a callback for when the process is asked to end: by a signal, or because its parent is gone. */
  onStopRequest: (callback: (reason: string) => void) => void;
  /** Registers a callback for an error that nobody has caught. */
  onFatal: (callback: (error: unknown) => void) => void;
}

/**
 * Runs `stratora up`: the system, until it is asked to stop.
 * @returns the exit code: 0 after a stop that was asked for, 1 when it could not run, 2 for an unknown option
 */
export async function runUp(host: UpHost, installation: Installation): Promise<number> {
  const terminal = openTerminal(host.stdout, host.stderr);
  try {
    const options = readLaunchOptions(host.args, host.environment, host.workingDir);
    if (options === 'help') {
      terminal.print(UP_HELP);
      return 0;
    }
    const { environment, checkDatabase } = host;
    const launcher = new Launcher({ options, installation, environment, terminal, checkDatabase });
    return await runUntilStopped(launcher, host, terminal);
  } catch (error) {
    terminal.printError(explain(error));
    return error instanceof UsageError ? error.exitCode : 1;
  }
}

async function runUntilStopped(launcher: Launcher, host: UpHost, terminal: Terminal): Promise<number> {
  const { promise: stopped, resolve: finish } = Promise.withResolvers<number>();
  let isStopping = false;
  const stop = async (code: number) => {
    isStopping = true;
    try {
      await launcher.stop();
      finish(code);
    } catch (error) {
      terminal.printError(explain(error));
      finish(1);
    }
  };
  host.onStopRequest((reason) => {
    if (isStopping) return;
    terminal.print(`Stopping (${reason}) ...`);
    void stop(0);
  });
  host.onFatal((error) => {
    terminal.printError(`Stopping after a fault of the launcher: ${explain(error)}`);
    void stop(1);
  });
  // A start that a stop has cut short may fail in any way; the stop decides on the exit code.
  const started = launcher.start().catch((error: unknown) => {
    if (!isStopping) throw error;
  });
  await Promise.race([started, stopped]);
  const code = await stopped;
  terminal.print('Stopped.');
  return code;
}

function explain(error: unknown): string {
  const known = [UsageError, CannotStartError, DataDirectoryBusyError, ToolUnavailableError, DirectoryError];
  if (known.some((kind) => error instanceof kind)) return errorMessage(error);
  return `Stratora cannot start: ${errorMessage(error)}`;
}
