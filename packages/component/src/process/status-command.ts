import { type EnvironmentSource, envString, readEnvironment, systemClock } from '@stratora/runtime';
import { lockState, StateBusyError } from './state-lock.ts';
import { type ComponentStatus, readStatus } from './status-file.ts';

export interface StatusAnswer {
  /** A process holds the state directory now. */
  running: boolean;
  /** The last status that it wrote. */
  status: ComponentStatus | undefined;
}

/** `collector status` and `agent status`: needs STRATORA_STATE_DIR alone and asks nobody. */
export async function componentStatus(source: EnvironmentSource): Promise<StatusAnswer> {
  const { STRATORA_STATE_DIR: directory } = readEnvironment(source, { STRATORA_STATE_DIR: envString() });
  const status = await readStatus(directory);
  try {
    const release = await lockState(directory, 0, systemClock);
    await release();
    return { running: false, status };
  } catch (error) {
    if (error instanceof StateBusyError) return { running: true, status };
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { running: false, status };
    throw error;
  }
}
