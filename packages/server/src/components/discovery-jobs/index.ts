export {
  createDiscoveryJobs,
  type DiscoveryJobsModule,
  type DiscoveryJobsOptions,
} from './discovery-jobs-module.ts';
