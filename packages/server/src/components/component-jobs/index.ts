export { type ComponentJobsModule, createComponentJobs } from './component-job-module.ts';
export type { JobBoard } from './job-board.ts';
export type { JobBrief, JobKind, JobReporter, JobSubject, OpenJob } from './job-kind.ts';
export type { JobStanding, StoredJob } from './job-queries.ts';
