import { isDeepStrictEqual } from 'node:util';
import {
  type CreateNode,
  type CredentialType,
  type DeviceTemplate,
  type Node,
  type NodeDetail,
  PURPOSE_OF_TYPE,
  type ReplaceNode,
  type UpdateNode,
} from '@stratora/contract';
import { type Actor, appendAudit, once } from '../../platform/audit/index.ts';
import type { Database, Tx } from '../../platform/db/index.ts';
import { publishEvents } from '../../platform/events/index.ts';
import { fieldError, isEmpty, notFound, type Precondition } from '../../platform/http/index.ts';
import { replaceGroups } from '../node-groups/index.ts';
import { forgetTargets, resetNodeStates } from '../node-states/index.ts';
import { changeByReplacement, changeOf } from './node-change.ts';
import { markOwners } from './node-collector.ts';
import {
  findDefaultCollector,
  lockNodes,
  type OwnedNode,
  setSiteCollectors,
} from './node-collector-queries.ts';
import {
  findAttachable,
  findDefaultSite,
  findExistingIds,
  findNodeDetail,
  isUsableCollector,
} from './node-queries.ts';
import { movesAddress, requireNoTwin } from './node-twin.ts';
import {
  type Attachment,
  attachCredential,
  chooseCollector,
  deleteNodes,
  detachCredential,
  insertNode,
  unchooseCollector,
  updateNode,
} from './node-writing-queries.ts';

/** An attachment to change, if the node is still what the caller has read. */
interface GuardedAttachment extends Attachment {
  match?: Precondition<NodeDetail> | undefined;
}

export interface NodeServiceOptions {
  db: Database;
  findTemplate: (slug: string) => DeviceTemplate | undefined;
}

/** Inputs that ask the web address of a node. */
const WEB_INPUTS = ['http_response', 'x509_cert'];

/** The service of nodes. Every change marks the components whose configs it concerns. */
export class NodeService {
  readonly #options: NodeServiceOptions;

  constructor(options: NodeServiceOptions) {
    this.#options = options;
  }

  create(actor: Actor, input: CreateNode): Promise<NodeDetail> {
    return once(this.#options.db, actor, (tx) => this.createIn(tx, actor, input));
  }

  /** Makes a node within a transaction of the caller, as its last step but for what `then` adds to it before the audit log. */
  async createIn(
    tx: Tx,
    actor: Actor,
    input: CreateNode,
    then?: (nodeId: string) => Promise<void>,
  ): Promise<NodeDetail> {
    this.#requireTemplate(input.template, 'collector');
    const siteId = input.site_id ?? (await findDefaultSite(tx));
    await requireReferences(tx, { ...input, site_id: siteId });
    const collectorId = input.collector_id ?? (await findDefaultCollector(tx, siteId));
    const id = await insertNode(tx, input, { siteId, collectorId });
    if (input.allow_duplicate !== true) await requireNoTwin(tx, [id]);
    await replaceGroups(tx, id, input.group_ids ?? []);
    await then?.(id);
    await markOwners(tx, [collectorId], { cause: `node ${input.name} created`, actor: actor.name });
    await publishEvents(tx, [{ name: 'node_changed', data: { id, change: 'created' } }]);
    await appendAudit(tx, actor, {
      action: 'node.create',
      objectType: 'node',
      objectId: id,
      nodeId: id,
      detail: { name: input.name, ip_address: input.ip_address, template: input.template },
    });
    return getNodeDetail(tx, id);
  }

  /** Changes a node; what is absent stays. */
  update(actor: Actor, id: string, input: UpdateNode, match?: Precondition<NodeDetail>): Promise<NodeDetail> {
    return this.#change(actor, id, async () => input, match);
  }

  /** Replaces what people set of a node; without a site it goes to the default one. */
  replace(
    actor: Actor,
    id: string,
    input: ReplaceNode,
    match?: Precondition<NodeDetail>,
  ): Promise<NodeDetail> {
    const changed = async (tx: Tx, before: NodeDetail) => {
      const site_id = input.site_id ?? (await findDefaultSite(tx));
      return changeByReplacement(before, { ...input, site_id });
    };
    return this.#change(actor, id, changed, match);
  }

  async #change(
    actor: Actor,
    id: string,
    wanted: (tx: Tx, before: NodeDetail) => Promise<UpdateNode>,
    match: Precondition<NodeDetail> | undefined,
  ): Promise<NodeDetail> {
    return this.#options.db.transaction().execute(async (tx) => {
      await lockNodes(tx, [id]);
      const before = await getNodeDetail(tx, id);
      match?.(before);
      const input = await wanted(tx, before);
      const change = changeOf(before, input);
      if (isEmpty(change)) return before;
      const isReported = before.agent_id !== null;
      if (change.template !== undefined) {
        this.#requireTemplate(change.template, isReported ? 'agent' : 'collector');
      }
      if (isReported && change.collector_id) {
        throw fieldError('collector_id', 'must be empty: this node is reported by its own agent');
      }
      await requireReferences(tx, change);
      await updateNode(tx, id, change);
      if (change.group_ids) await replaceGroups(tx, id, change.group_ids);
      if (!isReported) await this.#assignCollector(tx, before, change);
      if (movesAddress(change) && input.allow_duplicate !== true) await requireNoTwin(tx, [id]);
      const after = await getNodeDetail(tx, id);
      if (hasNewSource(before, after)) await resetNodeStates(tx, [id]);
      else {
        const asked = inputsAskedAnew(before, after);
        if (asked.length > 0) await forgetTargets(tx, id, asked);
      }
      await publishEvents(tx, [{ name: 'node_changed', data: { id, change: 'updated' } }]);
      // Marked late: edits of other nodes of the same collector wait for the mark, and all changes for the audit log.
      if (changesConfig(before, after)) {
        const owners = [before, after].map((node) => node.agent_id ?? node.collector_id);
        await markOwners(tx, owners, { cause: `node ${before.name} changed`, actor: actor.name });
      }
      await appendAudit(tx, actor, {
        action: 'node.update',
        objectType: 'node',
        objectId: id,
        nodeId: id,
        detail: { name: before.name, changed: change },
      });
      return getNodeDetail(tx, id);
    });
  }

  /**
   * Assigns the collector that is named, even the site's own; without one, or with null, the node has that of its site.
   */
  async #assignCollector(tx: Tx, before: Node, input: UpdateNode): Promise<void> {
    const { collector_id: collectorId } = input;
    const movesSite = input.site_id !== undefined && input.site_id !== before.site_id;
    if (typeof collectorId === 'string') await chooseCollector(tx, [before.id], collectorId);
    else if (collectorId === null || (collectorId === undefined && movesSite)) {
      if (collectorId === null) await unchooseCollector(tx, [before.id]);
      await setSiteCollectors(tx, { nodeIds: [before.id] });
    }
  }

  async delete(actor: Actor, id: string, match?: Precondition<NodeDetail>): Promise<void> {
    await this.#options.db.transaction().execute(async (tx) => {
      const nodes = await lockNodes(tx, [id]);
      if (nodes.length === 0) throw notFound('This node');
      if (match) match(await getNodeDetail(tx, id));
      await removeNodes(tx, actor, nodes);
    });
  }

  async attachCredential(actor: Actor, at: GuardedAttachment, credentialId: string): Promise<void> {
    const { nodeId, purpose } = at;
    await this.#options.db.transaction().execute(async (tx) => {
      const node = await lockForAttachment(tx, at);
      const credential = await requireServing(tx, credentialId, purpose);
      // The credential may be attached already.
      if (!(await attachCredential(tx, { nodeId, purpose }, credentialId))) return;
      const isReplaced = node.credentials.some((known) => known.purpose === purpose);
      if (isReplaced) await forgetTargets(tx, nodeId, [purpose]);
      await this.#credentialChanged(tx, actor, node, {
        action: 'node.attach_credential',
        purpose,
        credential: credential.name,
      });
    });
  }

  /** Attaches a credential to a node that the transaction has just made: nothing is known of it that would have to be forgotten. */
  async attachFirst(tx: Tx, at: Attachment, credentialId: string): Promise<void> {
    await requireServing(tx, credentialId, at.purpose);
    await attachCredential(tx, at, credentialId);
  }

  async detachCredential(actor: Actor, at: GuardedAttachment): Promise<void> {
    const { nodeId, purpose } = at;
    await this.#options.db.transaction().execute(async (tx) => {
      const node = await lockForAttachment(tx, at);
      if (!(await detachCredential(tx, { nodeId, purpose }))) throw notFound(`A credential for ${purpose}`);
      await forgetTargets(tx, nodeId, [purpose]);
      await this.#credentialChanged(tx, actor, node, { action: 'node.detach_credential', purpose });
    });
  }

  async #credentialChanged(
    tx: Tx,
    actor: Actor,
    node: Node,
    { action, ...detail }: { action: string; purpose: string; credential?: string },
  ): Promise<void> {
    await markOwners(tx, [node.agent_id ?? node.collector_id], {
      cause: `credential of node ${node.name} changed`,
      actor: actor.name,
    });
    await publishEvents(tx, [{ name: 'node_changed', data: { id: node.id, change: 'updated' } }]);
    await appendAudit(tx, actor, {
      action,
      objectType: 'node',
      objectId: node.id,
      nodeId: node.id,
      detail: { name: node.name, ...detail },
    });
  }

  #requireTemplate(slug: string, gatheredBy: DeviceTemplate['gathered_by']): void {
    const template = this.#options.findTemplate(slug);
    if (!template) throw fieldError('template', 'does not exist');
    if (template.gathered_by !== gatheredBy) {
      throw fieldError(
        'template',
        `is for nodes that ${template.gathered_by === 'agent' ? 'an agent reports' : 'a collector polls'}`,
      );
    }
  }
}

/**
 * Deletes nodes, which the caller has locked, with everything that belongs to them; their samples age out of the store.
 */
export async function removeNodes(tx: Tx, actor: Actor, nodes: readonly OwnedNode[]): Promise<void> {
  const ids = nodes.map(({ id }) => id);
  const [only] = nodes.length === 1 ? nodes : [];
  await deleteNodes(tx, ids);
  await markOwners(
    tx,
    nodes.map(({ owner }) => owner),
    { cause: only ? `node ${only.name} deleted` : `${nodes.length} nodes deleted`, actor: actor.name },
  );
  await publishEvents(
    tx,
    ids.map((id) => ({ name: 'node_changed' as const, data: { id, change: 'deleted' } })),
  );
  await appendAudit(tx, actor, {
    action: 'node.delete',
    objectType: 'node',
    ...(only ? { objectId: only.id } : {}),
    detail: only ? { name: only.name } : { count: nodes.length, names: nodes.map(({ name }) => name), ids },
  });
}

/**
 * Whether a node is reached another way than before, so that earlier results say nothing of it any more. What an agent
 * says of its own host does not depend on the host's address.
 */
function hasNewSource(before: Node, after: Node): boolean {
  return (
    after.collector_id !== before.collector_id ||
    (after.ip_address !== before.ip_address && after.agent_id === null) ||
    after.template !== before.template
  );
}

/** Lists the inputs that ask a node of the same address another way than before. */
function inputsAskedAnew(before: Node, after: Node): string[] {
  return [
    ...(after.url === before.url ? [] : WEB_INPUTS),
    ...(after.snmp_port === before.snmp_port ? [] : ['snmp']),
  ];
}

/** Whether a change of a node is one of the config, too. */
function changesConfig(before: Node, after: Node): boolean {
  return (
    hasNewSource(before, after) ||
    after.ip_address !== before.ip_address ||
    after.name !== before.name ||
    after.snmp_port !== before.snmp_port ||
    after.url !== before.url ||
    !isDeepStrictEqual(after.snmp_pace, before.snmp_pace)
  );
}

async function requireReferences(tx: Tx, input: UpdateNode): Promise<void> {
  if (
    input.site_id !== undefined &&
    !(await findExistingIds(tx, 'sites', [input.site_id])).has(input.site_id)
  ) {
    throw fieldError('site_id', 'does not exist');
  }
  if (input.collector_id && !(await isUsableCollector(tx, input.collector_id))) {
    throw fieldError('collector_id', 'is not a collector that can be given nodes');
  }
  const groups = input.group_ids ?? [];
  const known = await findExistingIds(tx, 'node_groups', groups);
  const unknownIndex = groups.findIndex((id) => !known.has(id));
  if (unknownIndex >= 0) throw fieldError(`group_ids.${unknownIndex}`, 'does not exist');
}

async function getNodeDetail(tx: Tx, id: string): Promise<NodeDetail> {
  const node = await findNodeDetail(tx, id);
  if (!node) throw notFound('This node');
  return node;
}

/** Finds a credential to attach. @throws AppError validation_failed where there is none, or it serves something else */
async function requireServing(tx: Tx, credentialId: string, purpose: string) {
  const credential = await findAttachable(tx, credentialId);
  if (!credential) throw fieldError('credential_id', 'does not exist');
  if (PURPOSE_OF_TYPE[credential.type as CredentialType] === purpose) return credential;
  const words = `is a credential of type ${credential.type}, which does not serve ${purpose}`;
  throw fieldError('credential_id', words);
}

/** Locks a node whose credentials are changed: two who change them at once must not both have read the same. */
async function lockForAttachment(tx: Tx, { nodeId, match }: GuardedAttachment): Promise<NodeDetail> {
  await lockNodes(tx, [nodeId]);
  const node = await getNodeDetail(tx, nodeId);
  match?.(node);
  return node;
}
