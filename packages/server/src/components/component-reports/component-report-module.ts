import type { Clock, Logger } from '@stratora/runtime';
import type { Database } from '../../platform/db/index.ts';
import type { NoteComponentCall } from '../../platform/http/index.ts';
import type { ServerModule } from '../../platform/module.ts';
import type { KeyRotation } from '../component-keys/index.ts';
import { ComponentCalls, type ComponentCallsOptions } from './component-calls.ts';
import { ComponentReportLog } from './component-report-log.ts';
import { ComponentStateLog } from './component-state-log.ts';
import { InstanceWatch } from './instance-watch.ts';
import { reportHistoryRoutes } from './report-history-routes.ts';
import { type ReportRoutesOptions, reportRoutes } from './report-routes.ts';

export interface ComponentReportsOptions {
  db: Database;
  clock: Clock;
  logger: Logger;
  rotation: KeyRotation;
  findRefused: ComponentCallsOptions['findRefused'];
  hasJobs: ComponentCallsOptions['hasJobs'];
  /** The configs that components should run, for the answers to heartbeats. */
  configs: ReportRoutesOptions['configs'];
}

export interface ComponentReportsModule extends ServerModule {
  readonly states: ComponentStateLog;
  readonly reports: ComponentReportLog;
  /** Notes every call of a component. */
  readonly noteCall: NoteComponentCall;
  /** Notes every call that was refused by its key. */
  readonly noteRefusedCall: ComponentCalls['noteRefused'];
}

/** Builds the module of what components report of themselves, and of their signs of life. */
export function createComponentReports(options: ComponentReportsOptions): ComponentReportsModule {
  const { db, clock, logger, rotation, findRefused, hasJobs, configs } = options;
  const states = new ComponentStateLog({ db, clock, logger });
  const reports = new ComponentReportLog({ db, clock, logger });
  const instances = new InstanceWatch({ db, clock, logger });
  const calls = new ComponentCalls({ db, instances, rotation, findRefused, hasJobs, clock, logger });
  return {
    name: 'component reports',
    states,
    reports,
    noteCall: (component, headers, from) => calls.note(component, headers, from),
    noteRefusedCall: (apiKey, headers, from) => calls.noteRefused(apiKey, headers, from),
    routes: {
      component: [reportRoutes({ db, clock, states, reports, configs })],
      user: [reportHistoryRoutes(db)],
    },
    loops: [states.loop, reports.loop, calls.loop],
    metrics: [
      {
        name: 'component_states_waiting',
        help: 'Components whose last words are not written yet.',
        read: () => states.waiting,
      },
      {
        name: 'component_reports_waiting',
        help: 'Components with reports or gaps not written yet.',
        read: () => reports.waiting,
      },
      {
        name: 'component_reports_written',
        help: 'Reports and gaps that were news, since the start.',
        read: () => reports.written,
      },
    ],
    async stop() {
      await reports.stop();
      await states.stop();
    },
  };
}
