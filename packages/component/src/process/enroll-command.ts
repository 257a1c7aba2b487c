import type { ComponentType } from '@stratora/contract';
import {
  createBackoff,
  type EnvironmentSource,
  type Logger,
  makeDirectory,
  silentLogger,
  sleep,
  systemClock,
} from '@stratora/runtime';
import { registerOnce } from '../enrollment/enroll.ts';
import { noFailpoint } from '../failpoint.ts';
import { enrollmentOptions } from './component-parts.ts';
import { readSettings } from './component-settings.ts';
import { openClient } from './server-client.ts';

export interface EnrollCommandOptions {
  version: string;
  logger?: Logger;
  /** Milliseconds of tries while the server does not answer; 30 s by default. */
  timeoutMs?: number;
  /** Called with the reason why it takes longer. */
  onWait?: (reason: string) => void;
}

/** The server neither registered the component nor refused it in time. */
export class ServerNotReached extends Error {
  constructor(reason: string) {
    super(`The server was not reached: ${reason}`);
    this.name = 'ServerNotReached';
  }
}

export interface EnrollResult {
  component_id: string;
  node_id: string | null;
  status: 'pending' | 'approved';
}

const CALL_TIMEOUT_MS = 15_000;

/**
 * `collector enroll` and `agent enroll`: registers (again) with the token of the environment and leaves the identity in
 * the state directory, where a running component finds it by itself once its old key is refused.
 *
 * @throws EnrollmentRefused when the server says no
 * @throws ServerNotReached when it does not answer in time, or somebody else does: nothing was sent to them
 */
export async function enrollComponent(
  type: ComponentType,
  source: EnvironmentSource,
  options: EnrollCommandOptions,
): Promise<EnrollResult> {
  const settings = await readSettings(source);
  await makeDirectory(settings.stateDirectory);
  const clock = systemClock;
  const client = openClient(settings, { timeoutMs: CALL_TIMEOUT_MS, maxSockets: 1 });
  const deadline = AbortSignal.timeout(options.timeoutMs ?? 30_000);
  const backoff = createBackoff({ minMs: 500, maxMs: 5000 });
  try {
    const enrollment = await enrollmentOptions(type, client, {
      settings,
      version: options.version,
      clock,
      logger: options.logger ?? silentLogger(),
      failpoint: noFailpoint,
    });
    const previous = (await enrollment.store.read()).value;
    let reason = 'it gave no answer in time';
    while (!deadline.aborted) {
      const result = await registerOnce(enrollment, previous, deadline);
      if ('identity' in result) {
        const { component_id, node_id } = result.identity;
        return { component_id, node_id, status: result.approved ? 'approved' : 'pending' };
      }
      // Waiting does not turn somebody else into our server.
      if (result.isUntrusted) throw new ServerNotReached(result.message);
      if (!deadline.aborted && result.message !== reason) {
        reason = result.message;
        options.onWait?.(reason);
      }
      await sleep(Math.max(backoff.next(), result.retryAfterMs ?? 0), clock, deadline);
    }
    throw new ServerNotReached(reason);
  } finally {
    client.close();
  }
}
