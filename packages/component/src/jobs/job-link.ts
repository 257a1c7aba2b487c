import type { ComponentJob } from '@stratora/contract';
import { API_KEY_HEADER, componentPath, JOB_WAIT_MAX_SECONDS } from '@stratora/contract/wire';
import type { HttpClient } from '@stratora/runtime';
import { parseJson } from '../server-answer.ts';

/** Who calls: the collector as the server knows it. */
export interface JobCaller {
  componentId: string;
  apiKey: string;
}

/** What a component says of a job. */
export interface JobReport {
  state: 'done' | 'unsupported';
  result: Record<string, unknown>;
}

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

  /** Reports on a job. @returns whether the server has it, or never will @throws OutboundError */
  async report(
    { componentId, apiKey }: JobCaller,
    jobId: string,
    report: JobReport,
    signal: AbortSignal,
  ): Promise<boolean> {
    const { status } = await this.#client.request({
      method: 'POST',
      path: componentPath('jobResults', componentId, jobId),
      headers: { 'content-type': 'application/json', [API_KEY_HEADER]: apiKey },
      body: JSON.stringify(report),
      signal,
    });
    // 5xx and 429 pass; what else is refused would be refused again.
    return status < 500 && status !== 429;
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
