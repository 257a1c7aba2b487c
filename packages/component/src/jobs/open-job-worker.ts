import type { CredentialTestOrder, DiscoveryOrder, NeighbourOrder } from '@stratora/contract';
import { CREDENTIAL_TEST_JOB, DISCOVERY_JOB, NEIGHBOUR_JOB } from '@stratora/contract/wire';
import type { Clock, HttpClient, Logger } from '@stratora/runtime';
import type { ComponentSettings } from '../process/component-settings.ts';
import { scanNetwork } from './discovery-work.ts';
import { JobLink } from './job-link.ts';
import { JobWorker, type JobWorkerOptions } from './job-worker.ts';
import { readNeighbours } from './neighbour-job.ts';

export interface OpenJobWorkerOptions {
  settings: Pick<ComponentSettings, 'outboundAllow'>;
  client: HttpClient;
  caller: JobWorkerOptions['caller'];
  clock: Clock;
  logger: Logger;
}

/** Opens the worker on the server's jobs. It does nothing before the server announces one. */
export function openJobWorker({ settings, client, caller, clock, logger }: OpenJobWorkerOptions): JobWorker {
  return new JobWorker({
    link: new JobLink(client),
    caller,
    works: {
      [CREDENTIAL_TEST_JOB]: async (order, signal) => {
        // Loaded with the first test: what speaks to devices is in the engine's process otherwise.
        const { tryLogin } = await import('@stratora/engine/logins');
        const { outboundAllow } = settings;
        const result = await tryLogin({
          order: order as unknown as CredentialTestOrder,
          outboundAllow,
          signal,
        });
        return result && { ...result };
      },
      [DISCOVERY_JOB]: (order, signal, tell) =>
        scanNetwork({
          order: order as unknown as DiscoveryOrder,
          outboundAllow: settings.outboundAllow,
          signal,
          tell,
        }),
      [NEIGHBOUR_JOB]: (order, signal, tell) =>
        readNeighbours({
          order: order as unknown as NeighbourOrder,
          signal,
          tell,
          logger: logger.child({ part: 'neighbours' }),
        }),
    },
    clock,
    logger: logger.child({ part: 'jobs' }),
  });
}
