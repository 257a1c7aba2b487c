import { COMPONENT_LOST_SECONDS, type NeighbourRead } from '@stratora/contract';
import type { Clock } from '@stratora/runtime';
import { type Actor, appendAudit, once } from '../../platform/audit/index.ts';
import type { Database, Tx } from '../../platform/db/index.ts';
import { appError, notFound } from '../../platform/http/index.ts';
import { AttemptLimiter } from '../../platform/secrets/index.ts';
import type { JobBoard, JobKind, StoredJob } from '../component-jobs/index.ts';
import type { ReadSubject } from './neighbour-read-job.ts';
import { findAskedNode } from './neighbour-read-queries.ts';
import { type ReadVerdict, standingWords, verdictAtOnce } from './neighbour-read-words.ts';

export interface NeighbourReadServiceOptions {
  db: Database;
  board: JobBoard;
  kind: JobKind;
  clock: Clock;
}

/** Readings of one node in a minute. */
const READS_PER_NODE = { attempts: 6, windowMs: 60_000 };

/** The service of readings that people ask for: the collector of a node reads its neighbours now. */
export class NeighbourReadService {
  readonly #options: NeighbourReadServiceOptions;
  readonly #limiter: AttemptLimiter;

  constructor(options: NeighbourReadServiceOptions) {
    this.#options = options;
    this.#limiter = new AttemptLimiter(options.clock, READS_PER_NODE);
  }

  /** Has a node read. @throws AppError not_found, too_many_requests */
  async start(actor: Actor, nodeId: string): Promise<NeighbourRead> {
    const { db, board, kind } = this.#options;
    const waitSeconds = this.#limiter.take(nodeId);
    if (waitSeconds !== undefined) {
      const words = `This node was read too often; try again in ${waitSeconds} s.`;
      throw appError('too_many_requests', words, { details: { retryAfterSeconds: waitSeconds } });
    }
    return once(db, actor, async (tx) => {
      const node = await findAskedNode(tx, nodeId, COMPONENT_LOST_SECONDS);
      if (!node) throw notFound('This node');
      const subject: ReadSubject = { scope: 'node', node_id: nodeId, node_name: node.nodeName };
      const job = { subject: { ...subject }, requestedBy: actor.name };
      const ended = verdictAtOnce(node);
      const { collectorId } = node;
      const id =
        ended || collectorId === null
          ? await board.putEnded(tx, kind, { ...job, componentId: collectorId, ended: { ...ended } })
          : await board.put(tx, kind, { ...job, componentId: collectorId });
      await appendAudit(tx, actor, {
        action: 'node.read_neighbours',
        objectType: 'node',
        objectId: nodeId,
        nodeId,
        detail: { name: node.nodeName },
      });
      return this.#get(tx, id);
    });
  }

  /** @throws AppError not_found */
  find(id: string): Promise<NeighbourRead> {
    return this.#get(this.#options.db, id);
  }

  async #get(db: Database | Tx, id: string): Promise<NeighbourRead> {
    const { board, kind } = this.#options;
    const job = await board.find(db, kind, id);
    const subject = job?.subject as ReadSubject | undefined;
    // The readings of the schedule are about many nodes, and nobody's.
    if (job === undefined || subject?.scope !== 'node') throw notFound('This reading');
    return shownRead(job, subject, kind.waitSeconds);
  }
}

function shownRead(
  job: StoredJob,
  { node_id, node_name }: Extract<ReadSubject, { scope: 'node' }>,
  waitSeconds: number,
): NeighbourRead {
  const { id, component_id, component_name, created_at, ended_at, standing } = job;
  const common = {
    id,
    node_id,
    node_name,
    collector_id: component_id,
    collector_name: component_name,
    created_at: created_at.toISOString(),
    ended_at: ended_at?.toISOString() ?? null,
  };
  const verdict = job.result as unknown as ReadVerdict | null;
  if (verdict !== null) return { ...common, state: 'done', ...verdict };
  if (standing === 'ended') {
    const message = `The collector ${component_name ?? ''} ended the reading without a report: its time was over, or it stopped.`;
    return { ...common, state: 'done', outcome: 'failed', message, tables: null };
  }
  const isOver = standing === 'expired' || standing === 'lost';
  return {
    ...common,
    state: isOver ? 'done' : standing,
    outcome: isOver ? 'collector_silent' : null,
    message: standingWords(standing, component_name ?? '', waitSeconds),
    tables: null,
  };
}
