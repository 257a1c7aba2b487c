import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { ComponentJob } from '@stratora/contract';
import {
  API_KEY_HEADER,
  componentPath,
  JOB_OVER_HEADER,
  JOB_WAIT_MAX_SECONDS,
} from '@stratora/contract/wire';
import type { HttpClient } from '@stratora/runtime';
import { parseJson } from '../server-answer.ts';

const pack = promisify(gzip);

/** Who calls: the collector as the server knows it. */
export interface JobCaller {
  componentId: string;
  apiKey: string;
}

/** What a component says of a job: `running` has a part of the result. */
export interface JobReport {
  state: 'running' | 'done' | 'unsupported';
  result: Record<string, unknown>;
}

/** What the server says of a report: `again`, it takes none now; `over`, nobody wants more of the job. */
export type ReportAnswer = 'taken' | 'refused' | 'over' | 'again';

/** Bytes of a report from which on it is packed. */
const PACKED_FROM_BYTES = 8192;
const NOT_FOUND = 404;
const TOO_MANY = 429;

/** The calls to the server about jobs. */
export class JobLink {
  readonly #client: HttpClient;

  constructor(client: HttpClient) {
    this.#client = client;
  }

  /**
   * Takes jobs, for one of which the server waits a little; undefined where it does not answer so.
   *
   * @param running ids of those that are worked on @throws OutboundError
   */
  async take(
    { componentId, apiKey }: JobCaller,
    running: readonly string[],
    signal: AbortSignal,
  ): Promise<ComponentJob[] | undefined> {
    const query = `wait_seconds=${JOB_WAIT_MAX_SECONDS}&running=${running.join(',')}`;
    const answer = await this.#client.request({
      method: 'GET',
      path: `${componentPath('jobs', componentId)}?${query}`,
      headers: { [API_KEY_HEADER]: apiKey },
      signal,
    });
    if (answer.status !== 200) return undefined;
    const { items } = (parseJson(answer) ?? {}) as { items?: unknown };
    return Array.isArray(items) ? items.filter(isJob) : undefined;
  }

  /** Reports on a job. @throws OutboundError */
  async report(
    { componentId, apiKey }: JobCaller,
    jobId: string,
    report: JobReport,
    signal: AbortSignal,
  ): Promise<ReportAnswer> {
    const json = JSON.stringify(report);
    const isLong = json.length >= PACKED_FROM_BYTES;
    const { status, headers } = await this.#client.request({
      method: 'POST',
      path: componentPath('jobResults', componentId, jobId),
      headers: {
        'content-type': 'application/json',
        ...(isLong ? { 'content-encoding': 'gzip' } : {}),
        [API_KEY_HEADER]: apiKey,
      },
      body: isLong ? await pack(json) : json,
      signal,
    });
    if (status === NOT_FOUND || headers[JOB_OVER_HEADER] !== undefined) return 'over';
    // 5xx and 429 pass; what else is refused would be refused again.
    if (status >= 500 || status === TOO_MANY) return 'again';
    return status >= 400 ? 'refused' : 'taken';
  }
}

function isJob(value: unknown): value is ComponentJob {
  const job = value as Partial<ComponentJob> | null;
  return (
    typeof job?.id === 'string' &&
    typeof job.kind === 'string' &&
    typeof job.run_seconds === 'number' &&
    typeof job.order === 'object' &&
    job.order !== null
  );
}
