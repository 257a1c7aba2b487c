import type { DeviceTemplate } from '@stratora/contract';
import type { Clock, Logger } from '@stratora/runtime';
import type { Database } from '../../platform/db/index.ts';
import type { ServerModule } from '../../platform/module.ts';
import type { NodeService } from '../nodes/index.ts';
import { deviceRoutes } from './device-routes.ts';
import { DeviceService } from './device-service.ts';
import { ImportService } from './import-service.ts';
import { jobRoutes } from './job-routes.ts';
import { JobService } from './job-service.ts';
import type { DeviceIdentifier } from './part-taking.ts';
import type { OpenSecret } from './scan-order.ts';
import { type Scan, ScanRunner } from './scan-runner.ts';
import { ScanRuns } from './scan-runs.ts';

export interface DiscoveryOptions {
  db: Database;
  clock: Clock;
  logger: Logger;
  openSecret: OpenSecret;
  nodes: Pick<NodeService, 'createIn' | 'attachFirst'>;
  findTemplate: (slug: string) => DeviceTemplate | undefined;
  identification: DeviceIdentifier & { readonly packedRules: string };
  /** Scans from this server. */
  scan: Scan;
  /** Called when a run was put on the list or ended by somebody: those of collectors are for others to see to. */
  onRunsChanged: () => void;
}

export interface DiscoveryModule extends ServerModule {
  /** The runs, for those who have collectors scan. */
  readonly runs: ScanRuns;
}

/** Builds the module of discovery: jobs, their runs from this server, and what they find. */
export function createDiscovery(options: DiscoveryOptions): DiscoveryModule {
  const { db, onRunsChanged } = options;
  const runs = new ScanRuns(options);
  const jobs = new JobService({
    ...options,
    runs,
    onRunsChanged: () => {
      runner.hurry();
      onRunsChanged();
    },
  });
  const runner = new ScanRunner({ ...options, runs, jobs });
  const services = { devices: new DeviceService({ db }), imports: new ImportService(options) };
  return {
    name: 'discovery',
    runs,
    routes: { user: [jobRoutes(jobs), deviceRoutes({ jobs, ...services })] },
    loops: [runner.loop],
    metrics: [
      { name: 'discovery_scans_running', help: 'Scans that run on this server.', read: () => runner.running },
    ],
    stop: () => runner.stop(),
  };
}
