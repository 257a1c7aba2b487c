import {
  type CredentialType,
  type DeviceTemplate,
  type DiscoveredDevice,
  type ImportDevices,
  type ImportedDevices,
  PURPOSE_OF_TYPE,
} from '@stratora/contract';
import { AppError } from '@stratora/runtime';
import { type Actor, appendAudit, once } from '../../platform/audit/index.ts';
import type { Database, Tx } from '../../platform/db/index.ts';
import { fieldError, notFound } from '../../platform/http/index.ts';
import type { NodeService } from '../nodes/index.ts';
import { showDevices } from './device-queries.ts';
import { lockDevice, setIgnored, setNode } from './device-writing-queries.ts';
import { deleteIgnored } from './ignored-queries.ts';
import { chooseNode, type ImportChoice } from './import-choice.ts';
import { findCredentialType, findJobRow, findReferences, lockJob } from './job-queries.ts';
import type { JobRow } from './job-row.ts';
import { matchNodesByAddress } from './node-match-queries.ts';
import { scopeOf } from './scan-runs.ts';

export interface ImportServiceOptions {
  db: Database;
  nodes: Pick<NodeService, 'createIn' | 'attachFirst'>;
  findTemplate: (slug: string) => DeviceTemplate | undefined;
}

type Imported = ImportedDevices['items'][number];

/** The service that makes nodes of discovered devices. Each device is a transaction of its own, and is imported once. */
export class ImportService {
  readonly #options: ImportServiceOptions;

  constructor(options: ImportServiceOptions) {
    this.#options = options;
  }

  /** @throws AppError not_found for a job, validation_failed for a site or collector that is none */
  async run(actor: Actor, jobId: string, input: ImportDevices): Promise<ImportedDevices> {
    const { db } = this.#options;
    const job = await findJobRow(db, jobId);
    if (!job) throw notFound('This discovery job');
    await this.#requirePlaces(input);
    // The key of the call belongs to the answer as a whole.
    const { call: _, ...by } = actor;
    const items: Imported[] = [];
    for (const id of new Set(input.device_ids)) items.push(await this.#one(by, job, { id, input }));
    const count = (outcome: Imported['outcome']) => items.filter((item) => item.outcome === outcome).length;
    const [created, existed, failed] = [count('created'), count('existed'), count('failed')];
    const answer = { items, created, existed, failed };
    return once(db, actor, async (tx) => {
      await appendAudit(tx, actor, {
        action: 'discovery_job.import',
        objectType: 'discovery_job',
        objectId: jobId,
        detail: { name: job.name, created, existed, failed },
      });
      return answer;
    });
  }

  async #requirePlaces({ site_id, collector_id = null }: ImportDevices): Promise<void> {
    const wanted = { site_id, collector_id, credential_ids: [] };
    const known = await this.#options.db.transaction().execute((tx) => findReferences(tx, wanted));
    if (!known.hasSite) throw fieldError('site_id', 'does not exist');
    if (collector_id !== null && !known.hasCollector)
      throw fieldError('collector_id', 'is not a collector that can be given nodes');
  }

  /** Imports a device; what is wrong with it is an outcome. */
  async #one(
    actor: Actor,
    job: JobRow,
    { id, input }: { id: string; input: ImportDevices },
  ): Promise<Imported> {
    const [device] = await showDevices(this.#options.db, job.id, [id]);
    if (!device) return failed(id, 'There is no such device in this job.');
    const { findTemplate } = this.#options;
    const choice = chooseNode({ device, input, foundBy: job.collector_id, findTemplate });
    try {
      return await this.#options.db
        .transaction()
        .execute((tx) => this.#make(tx, actor, { job, device, choice }));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return this.#atTwin(job, id, error);
    }
  }

  /** Answers for a device at whose address a node is already: it is that node, if it is polled from where the device was found. */
  async #atTwin(job: JobRow, id: string, error: AppError): Promise<Imported> {
    if (error.code !== 'node_exists') return failed(id, error.message);
    const nodeId = await this.#options.db.transaction().execute(async (tx) => {
      await matchNodesByAddress(tx, scopeOf(job), [id]);
      return (await lockDevice(tx, job.id, id))?.node_id ?? null;
    });
    if (nodeId === null) return failed(id, error.message);
    return { device_id: id, outcome: 'existed', node_id: nodeId, message: error.message };
  }

  async #make(
    tx: Tx,
    actor: Actor,
    { job, device, choice }: { job: JobRow; device: DiscoveredDevice; choice: ImportChoice },
  ): Promise<Imported> {
    const { id } = device;
    // A part of a scan writes its devices whole: it comes before or after.
    if (!(await lockJob(tx, job.id))) return failed(id, 'This discovery job is gone.');
    // Who imports it at the same time waits here, and finds the node.
    const locked = await lockDevice(tx, job.id, id);
    if (!locked) return failed(id, 'There is no such device in this job any more.');
    if (locked.node_id !== null) {
      return { device_id: id, outcome: 'existed', node_id: locked.node_id, message: 'It is a node already.' };
    }
    await deleteIgnored(tx, scopeOf(job), [id]);
    await setIgnored(tx, [id], false);
    const made = await this.#options.nodes.createIn(tx, actor, choice.node, async (nodeId) => {
      await setNode(tx, id, nodeId);
      if (choice.credentialId === null) return;
      const type = await findCredentialType(tx, choice.credentialId);
      if (type === undefined) throw fieldError('credential_id', 'does not exist');
      const purpose = PURPOSE_OF_TYPE[type as CredentialType];
      await this.#options.nodes.attachFirst(tx, { nodeId, purpose }, choice.credentialId);
    });
    return { device_id: id, outcome: 'created', node_id: made.id, message: null };
  }
}

function failed(deviceId: string, message: string): Imported {
  return { device_id: deviceId, outcome: 'failed', node_id: null, message };
}
