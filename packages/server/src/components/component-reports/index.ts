export {
  type ComponentReportsModule,
  type ComponentReportsOptions,
  createComponentReports,
} from './component-report-module.ts';
export { addTallies, forgetReportedHostname, type IngestTally } from './state-queries.ts';
