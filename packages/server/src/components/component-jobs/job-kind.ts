import type { ComponentJobReport } from '@stratora/contract';
import type { Tx } from '../../platform/db/index.ts';

/** What a job is about: ids, and never a secret. */
export type JobSubject = Readonly<Record<string, unknown>>;

/** A job that a component has been given, or is about to be. */
export interface OpenJob {
  id: string;
  componentId: string;
  subject: JobSubject;
}

/** What a component is told to do, or the result of a job that there is nothing left to do for. */
export type JobBrief = { order: Record<string, unknown> } | { ended: Record<string, unknown> };

/** Who reports on a job, for the audit log. */
export interface JobReporter {
  componentName: string;
  requestId: string;
  address: string | null;
}

/** A kind of jobs: what those who have such work for components add to the board. */
export interface JobKind {
  /** Unique word, on the wire. */
  readonly name: string;
  /** Seconds for which a job waits to be fetched. */
  readonly waitSeconds: number;
  /** Seconds that the component has for it. */
  readonly runSeconds: number;
  /**
   * Seconds without a report after which a job is lost although its time is not over, for kinds that report in parts; absent for
   * those that report once. A component that is silent for a sixth of them is called to its jobs anew: it may have been started anew.
   */
  readonly silentSeconds?: number;
  /** Hours for which its result can be read. */
  readonly keepHours: number;
  /**
   * Makes what the component is told, from the rows as they are now: whether the work is still this component's to do is
   * looked at here.
   */
  brief(tx: Tx, job: OpenJob): Promise<JobBrief>;
  /**
   * Takes what a component reports. @returns the result to keep; undefined keeps none of a part
   * @throws AppError validation_failed for a result of another form
   */
  take(
    tx: Tx,
    job: OpenJob,
    report: ComponentJobReport,
    by: JobReporter,
  ): Promise<Record<string, unknown> | undefined>;
  /** Whether nobody wants more of a job that goes on, asked after each part: the component is told so. */
  isOver?(tx: Tx, job: OpenJob): Promise<boolean>;
}
