import {
  type ComponentJobReport,
  type DeviceTemplate,
  NEIGHBOUR_JOB,
  type NeighbourOrder,
  type NeighbourReport,
  type NeighbourTarget,
  neighbourEndSchema,
  neighbourPartSchema,
} from '@stratora/contract';
import { errorMessage, type Logger } from '@stratora/runtime';
import type { Tx } from '../../platform/db/index.ts';
import { appError, fieldFaults, plainWords } from '../../platform/http/index.ts';
import type { JobBrief, JobKind, JobReporter, OpenJob } from '../component-jobs/index.ts';
import { paceOf } from './neighbour-pace.ts';
import type { NeighbourReadMetrics } from './neighbour-read-metrics.ts';
import {
  findReadableNode,
  findVersion,
  isPolledBy,
  listDueNodes,
  type ReadableNode,
} from './neighbour-read-queries.ts';
import { readVerdict, verdictOf } from './neighbour-read-words.ts';

/** What a reading is about: one node, or whatever is due. */
export type ReadSubject = { scope: 'due' } | { scope: 'node'; node_id: string; node_name: string };

/** Takes the report of a node: its own transaction is the caller's. */
export type TakeReport = (tx: Tx, report: NeighbourReport) => Promise<'taken' | 'outdated' | 'gone'>;

export interface NeighbourReadJobOptions {
  /** Opens the secret of a credential's row. @throws when it cannot be opened here */
  openSecret: (row: {
    id: string;
    type: string;
    secret: Buffer;
    keyVersion: number;
  }) => Record<string, unknown>;
  findTemplate: (slug: string) => DeviceTemplate | undefined;
  takeReport: TakeReport;
  intervalSeconds: () => number;
  metrics: NeighbourReadMetrics;
  logger: Logger;
}

/** Longer than four pulls of a config, in which a collector hears of a job. */
const WAIT_SECONDS = 60;
/** 500 devices of which each tenth runs into its time, eight at a time. */
const RUN_SECONDS = 1800;
/** Longer than the longest interval: the last reading tells when the next one is due. */
const KEEP_HOURS = 49;
/** Most nodes of one reading: the answer that tells them stays below a quarter of a megabyte. */
export const NODES_PER_JOB = 500;
const LIMITS = { at_once: 8, node_seconds: 120, max_vlans: 32 } as const;

/** Makes the kind of jobs by which a collector reads the neighbours of devices. */
export function neighbourReadJob(options: NeighbourReadJobOptions): JobKind {
  const { openSecret, findTemplate, intervalSeconds, logger } = options;

  async function brief(tx: Tx, { id, componentId, subject }: OpenJob): Promise<JobBrief> {
    const about = subject as unknown as ReadSubject;
    const nodes = await nodesOf(tx, { id, componentId, about, intervalSeconds: intervalSeconds() });
    if (nodes.length === 0) {
      const words =
        about.scope === 'node'
          ? `${about.node_name} is gone, has another collector by now, or no credential of SNMP that is switched on.`
          : 'Nothing is left to be read.';
      return { ended: { ...readVerdict('changed', words) } };
    }
    const targets: NeighbourTarget[] = [];
    for (const node of nodes) {
      try {
        targets.push(targetOf(node, openSecret, findTemplate));
      } catch (error) {
        logger.error(
          { credential_id: node.credentialId, reason: errorMessage(error) },
          'credential cannot be opened',
        );
      }
    }
    if (targets.length === 0)
      return {
        ended: { ...readVerdict('failed', 'The server cannot open the secrets of the credentials.') },
      };
    const order: NeighbourOrder = { nodes: targets, ...LIMITS };
    return { order: { ...order } };
  }

  async function take(tx: Tx, job: OpenJob, report: ComponentJobReport, by: JobReporter) {
    if (report.state === 'unsupported') {
      const version = await findVersion(tx, job.componentId);
      const words = `The collector ${by.componentName} (version ${version}) cannot read neighbours. Update it.`;
      return { ...readVerdict('collector_outdated', words) };
    }
    if (report.state === 'running') return takePart(tx, job, report, options);
    const end = neighbourEndSchema.safeParse(report.result, { error: plainWords });
    if (!end.success) throw misfit(end.error, options);
    const { scope } = job.subject as unknown as ReadSubject;
    return scope === 'due' ? { outcome: 'read', reports: end.data.reports } : undefined;
  }

  const times = { waitSeconds: WAIT_SECONDS, runSeconds: RUN_SECONDS, keepHours: KEEP_HOURS };
  return { name: NEIGHBOUR_JOB, ...times, brief, take };
}

function nodesOf(
  tx: Tx,
  {
    id,
    componentId,
    about,
    intervalSeconds,
  }: { id: string; componentId: string; about: ReadSubject; intervalSeconds: number },
): Promise<ReadableNode[]> {
  if (about.scope === 'due')
    return listDueNodes(tx, { jobId: id, componentId, intervalSeconds, most: NODES_PER_JOB });
  return findReadableNode(tx, about.node_id, componentId).then((node) => (node ? [node] : []));
}

function targetOf(
  { id, host, snmpPort, pace, template, credentialId, type, secret, keyVersion }: ReadableNode,
  openSecret: NeighbourReadJobOptions['openSecret'],
  findTemplate: NeighbourReadJobOptions['findTemplate'],
): NeighbourTarget {
  return {
    node_id: id,
    host,
    snmp_port: snmpPort,
    type,
    secret: openSecret({ id: credentialId, type, secret, keyVersion }),
    pace: paceOf(findTemplate(template), pace),
  };
}

/** Takes the report of one device. One that the collector does not poll any more is passed over: the others count. */
async function takePart(
  tx: Tx,
  { componentId, subject }: OpenJob,
  { result }: ComponentJobReport,
  options: NeighbourReadJobOptions,
): Promise<Record<string, unknown> | undefined> {
  const { takeReport, metrics, logger } = options;
  const parsed = neighbourPartSchema.safeParse(result, { error: plainWords });
  if (!parsed.success) throw misfit(parsed.error, options);
  const { report } = parsed.data;
  if (!(await isPolledBy(tx, report.node_id, componentId))) {
    metrics.noteReport('not_polled');
    logger.info(
      { node_id: report.node_id, component_id: componentId },
      'report of a node of another collector',
    );
    return undefined;
  }
  metrics.noteReport(await takeReport(tx, report));
  metrics.noteTables(report.tables);
  const about = subject as unknown as ReadSubject;
  return about.scope === 'node' && about.node_id === report.node_id
    ? { ...verdictOf(report.tables) }
    : undefined;
}

function misfit(error: Parameters<typeof fieldFaults>[0], { metrics }: NeighbourReadJobOptions): Error {
  metrics.noteReport('invalid');
  return appError('validation_failed', 'The result does not fit the job.', {
    details: { errors: fieldFaults(error, ['result']) },
  });
}
