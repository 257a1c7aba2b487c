import {
  CREDENTIAL_TYPES,
  type CredentialPurpose,
  type CredentialTest,
  type CredentialType,
} from '@stratora/contract';
import type { Clock } from '@stratora/runtime';
import { type Actor, appendAudit, once } from '../../platform/audit/index.ts';
import type { Database, Tx } from '../../platform/db/index.ts';
import { appError, notFound } from '../../platform/http/index.ts';
import { AttemptLimiter } from '../../platform/secrets/index.ts';
import type { JobBoard, JobKind, StoredJob } from '../component-jobs/index.ts';
import type { TestSubject } from './credential-test-job.ts';
import { exists, findAttached, findTestRow, type TestRow } from './credential-test-queries.ts';
import { standingWords, type TestVerdict, verdictAtOnce } from './credential-test-words.ts';

export interface CredentialTestServiceOptions {
  db: Database;
  board: JobBoard;
  kind: JobKind;
  clock: Clock;
}

/** Tests of one node in a minute: many wrong logins in a row lock accounts. */
const TESTS_PER_NODE = { attempts: 10, windowMs: 60_000 };

/** The service of tests of credentials: the collector of a node logs in to it once. */
export class CredentialTestService {
  readonly #options: CredentialTestServiceOptions;
  readonly #limiter: AttemptLimiter;

  constructor(options: CredentialTestServiceOptions) {
    this.#options = options;
    this.#limiter = new AttemptLimiter(options.clock, TESTS_PER_NODE);
  }

  /** Tests the credential that a node has for a purpose. @throws AppError not_found where it has none */
  async startAttached(actor: Actor, nodeId: string, purpose: CredentialPurpose): Promise<CredentialTest> {
    const { db } = this.#options;
    const credentialId = await findAttached(db, nodeId, purpose);
    if (credentialId === undefined) {
      throw notFound((await exists(db, 'nodes', nodeId)) ? `A credential for ${purpose}` : 'This node');
    }
    return this.start(actor, nodeId, credentialId);
  }

  /** Tests a credential against a node, whether it is attached or not. @throws AppError */
  async start(actor: Actor, nodeId: string, credentialId: string): Promise<CredentialTest> {
    const { db } = this.#options;
    const waitSeconds = this.#limiter.take(nodeId);
    if (waitSeconds !== undefined) {
      const words = `This node was tested too often; try again in ${waitSeconds} s.`;
      throw appError('too_many_requests', words, { details: { retryAfterSeconds: waitSeconds } });
    }
    return once(db, actor, async (tx) => {
      const row = await findTestRow(tx, nodeId, credentialId);
      if (!row) throw notFound((await exists(tx, 'nodes', nodeId)) ? 'This credential' : 'This node');
      if (!row.isEnabled) {
        throw appError('invalid_state', `The credential ${row.credentialName} is switched off.`);
      }
      const id = await this.#put(tx, actor, row);
      await appendAudit(tx, actor, {
        action: 'credential.test',
        objectType: 'credential',
        objectId: credentialId,
        nodeId,
        detail: { name: row.credentialName, node: row.nodeName },
      });
      return this.#get(tx, id);
    });
  }

  #put(tx: Tx, actor: Actor, row: TestRow): Promise<string> {
    const { board, kind } = this.#options;
    const subject: TestSubject = {
      node_id: row.nodeId,
      node_name: row.nodeName,
      credential_id: row.credentialId,
      credential_name: row.credentialName,
      type: row.type,
    };
    const job = { subject: { ...subject }, requestedBy: actor.name };
    const ended = verdictAtOnce(row);
    const { collectorId } = row;
    if (ended || collectorId === null)
      return board.putEnded(tx, kind, { ...job, componentId: collectorId, ended: { ...ended } });
    return board.put(tx, kind, { ...job, componentId: collectorId });
  }

  /** @throws AppError not_found */
  find(id: string): Promise<CredentialTest> {
    return this.#get(this.#options.db, id);
  }

  async #get(db: Database | Tx, id: string): Promise<CredentialTest> {
    const { board, kind } = this.#options;
    const job = await board.find(db, kind, id);
    if (!job) throw notFound('This test');
    return shownTest(job, kind.waitSeconds);
  }
}

/** Makes of the job of a test what is shown. */
function shownTest(job: StoredJob, waitSeconds: number): CredentialTest {
  const { id, component_id, component_name, created_at, ended_at, standing } = job;
  const subject = job.subject as unknown as TestSubject;
  const common = {
    id,
    node_id: subject.node_id,
    node_name: subject.node_name,
    credential_id: subject.credential_id,
    credential_name: subject.credential_name,
    type: typeOf(subject.type),
    collector_id: component_id,
    collector_name: component_name,
    created_at: created_at.toISOString(),
    ended_at: ended_at?.toISOString() ?? null,
  };
  if (standing === 'ended') {
    const { outcome, message, detail, device, took_ms } = job.result as unknown as TestVerdict;
    return { ...common, state: 'done', outcome, message, detail, device, took_ms };
  }
  const isOver = standing === 'expired' || standing === 'lost';
  return {
    ...common,
    state: isOver ? 'done' : standing,
    outcome: isOver ? 'collector_silent' : null,
    message: standingWords(standing, component_name ?? '', waitSeconds),
    detail: null,
    device: null,
    took_ms: null,
  };
}

function typeOf(type: string): CredentialType {
  const found = CREDENTIAL_TYPES.find((one) => one === type);
  if (found === undefined) throw new Error(`a test of the unknown type ${type}`);
  return found;
}
