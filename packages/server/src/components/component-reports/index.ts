export {
  type ComponentReportsOptions,
  type ComponentReportsModule,
  createComponentReports,
} from './component-report-module.ts';
export { addTallies, forgetReportedHostname, type IngestTally } from './state-queries.ts';
