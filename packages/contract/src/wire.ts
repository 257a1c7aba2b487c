/**
 * The words of the component protocol (docs/protocol.md): headers, paths and times that both ends must spell alike. This
 * file imports nothing, so that a component, which checks no schemas, does not load zod for them.
 */

export const API_KEY_HEADER = 'x-api-key';
/** A name that each process of a component makes up at its start: 22 base64url characters. Sent with every call. */
export const INSTANCE_HEADER = 'x-stratora-instance';
/** Header on any answer to a component: `POST /components/{id}/key` has a new key for it. */
export const ROTATE_KEY_HEADER = 'x-stratora-rotate-key';
/**
 * Header on the answer to ingest: changes when the metric store restarts, so that what it may have lost is sent again.
 */
export const STORE_EPOCH_HEADER = 'x-stratora-store-epoch';
/** Header on the answer to ingest: how many lines of the body were dropped, one by one. */
export const REJECTED_LINES_HEADER = 'x-stratora-rejected-lines';

/** Header on any answer to a collector: jobs wait for it, see `jobs` below. */
export const JOBS_HEADER = 'x-stratora-jobs';
/** Kind of the jobs by which credentials are tested. */
export const CREDENTIAL_TEST_JOB = 'credential_test';
/** Kind of the jobs by which a network is scanned. */
export const DISCOVERY_JOB = 'discovery';
/** Most devices, and most rows of the ledger, in one part of a scan's result. */
export const DISCOVERY_PART_DEVICES = 100;
export const DISCOVERY_PART_LEDGER = 4000;
/** Most characters of the cursor of a scan. */
export const DISCOVERY_CURSOR_MAX = 65_536;
/** Seconds after which a scan posts a part. */
export const DISCOVERY_PART_SECONDS = 2;
/** Kind of the jobs by which devices are asked for their neighbours. */
export const NEIGHBOUR_JOB = 'neighbours';
/** Rows of one table that a report of neighbours may hold; forwarding tables of large switches are the longest. */
export const NEIGHBOUR_ROWS_MAX = 100_000;
/** The tables that are read of a device, by the name under which its report lists them. */
export const NEIGHBOUR_TABLES = [
  'interfaces',
  'addresses',
  'lldp_ports',
  'lldp_neighbours',
  'cdp_neighbours',
  'bridge_ports',
  'forwarding',
  'address_resolution',
  'aggregates',
  'stack_members',
] as const;
/** Most bytes of one report on a job, unpacked. */
export const JOB_REPORT_MAX_BYTES = 32 * 1024 * 1024;
/** Header on the answer to a result: the job is over, and nobody wants more of it. */
export const JOB_OVER_HEADER = 'x-stratora-job-over';
/** Most jobs that a component works on at a time. */
export const JOBS_AT_ONCE = 8;
/** Longest that the answer to a call for jobs waits for one, seconds. */
export const JOB_WAIT_MAX_SECONDS = 5;

/** The calls of a component, as route patterns. */
export const COMPONENT_ROUTES = {
  register: '/api/v1/components/register',
  key: '/api/v1/components/:id/key',
  collectorConfig: '/api/v1/remote-collectors/:id/config',
  collectorReport: '/api/v1/remote-collectors/:id/report',
  outageOrders: '/api/v1/remote-collectors/:id/outage-orders',
  outages: '/api/v1/remote-collectors/:id/outages',
  jobs: '/api/v1/remote-collectors/:id/jobs',
  jobResults: '/api/v1/remote-collectors/:id/jobs/:job_id/results',
  agentConfig: '/api/v1/agents/:node_id/config',
  agentHeartbeat: '/api/v1/agents/heartbeat/:node_id',
  ingest: '/api/v1/ingest/influx',
} as const;

/** The path of a call: a pattern of `COMPONENT_ROUTES` with the ids in their places, in order. */
export function componentPath(
  route: keyof typeof COMPONENT_ROUTES,
  ...ids: readonly (string | undefined)[]
): string {
  let at = 0;
  return COMPONENT_ROUTES[route].replace(/:\w+/g, () => encodeURIComponent(ids[at++] ?? ''));
}

/** The two types of components. */
export const COMPONENT_TYPES = ['collector', 'agent'] as const;

/** Engines, and the choices of an engine that a component may be given. */
export const ENGINE_KINDS = ['telegraf', 'embedded'] as const;
export const ENGINE_CHOICES = ['auto', ...ENGINE_KINDS] as const;
export type EngineChoice = (typeof ENGINE_CHOICES)[number];

/** Prefix of every enrollment token. */
export const ENROLLMENT_TOKEN_PREFIX = 'enroll_';

/** Silence after which a component counts as away: six heartbeats, or six config pulls, that did not come. */
export const COMPONENT_LOST_SECONDS = 60;
/** Difference of a component's clock from the server's, either way, from which it is flagged and reported. */
export const CLOCK_SKEW_SECONDS = 30;

/** What stands in the place of a secret that is set, wherever it is shown. */
export const SECRET_MARK = '********';
