import type { createNodeGroupSchema, ListQuery, NodeGroup, updateNodeGroupSchema } from '@stratora/contract';
import type { z } from 'zod';
import { type Actor, appendAudit, once } from '../../platform/audit/index.ts';
import { brokenConstraint, type Database, type Tx } from '../../platform/db/index.ts';
import { appError, changedFields, isEmpty, notFound, type Precondition } from '../../platform/http/index.ts';
import {
  deleteNodeGroup,
  findNodeGroup,
  insertNodeGroup,
  listNodeGroups,
  lockNodeGroup,
  updateNodeGroup,
} from './node-group-queries.ts';

type CreateNodeGroup = z.infer<typeof createNodeGroupSchema>;
type UpdateNodeGroup = z.infer<typeof updateNodeGroupSchema>;

export interface NodeGroupServiceOptions {
  db: Database;
}

/** The service of node groups; which nodes are in a group is changed at the nodes. */
export class NodeGroupService {
  readonly #db: Database;

  constructor({ db }: NodeGroupServiceOptions) {
    this.#db = db;
  }

  list(query: ListQuery) {
    return listNodeGroups(this.#db, query);
  }

  get(id: string): Promise<NodeGroup> {
    return getNodeGroup(this.#db, id);
  }

  create(actor: Actor, input: CreateNodeGroup): Promise<NodeGroup> {
    return this.#change(actor, async (tx) => {
      const id = await insertNodeGroup(tx, { name: input.name, description: input.description ?? null });
      await appendAudit(tx, actor, {
        action: 'node_group.create',
        objectType: 'node_group',
        objectId: id,
        detail: { name: input.name },
      });
      return getNodeGroup(tx, id);
    });
  }

  update(
    actor: Actor,
    id: string,
    input: UpdateNodeGroup,
    match?: Precondition<NodeGroup>,
  ): Promise<NodeGroup> {
    return this.#change(actor, async (tx) => {
      await lockNodeGroup(tx, id);
      const before = await getNodeGroup(tx, id);
      match?.(before);
      const change = changedFields(before, input);
      if (isEmpty(change)) return before;
      await updateNodeGroup(tx, id, change);
      await appendAudit(tx, actor, {
        action: 'node_group.update',
        objectType: 'node_group',
        objectId: id,
        detail: { name: before.name, changed: change },
      });
      return getNodeGroup(tx, id);
    });
  }

  delete(actor: Actor, id: string, match?: Precondition<NodeGroup>): Promise<void> {
    return this.#change(actor, async (tx) => {
      await lockNodeGroup(tx, id);
      const group = await getNodeGroup(tx, id);
      match?.(group);
      await deleteNodeGroup(tx, id);
      await appendAudit(tx, actor, {
        action: 'node_group.delete',
        objectType: 'node_group',
        objectId: id,
        detail: { name: group.name },
      });
    });
  }

  async #change<T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
    try {
      return await once(this.#db, actor, work);
    } catch (error) {
      if (brokenConstraint(error) !== 'node_groups_name_key') throw error;
      throw appError('name_taken', 'There is a group of that name already.');
    }
  }
}

async function getNodeGroup(db: Database | Tx, id: string): Promise<NodeGroup> {
  const group = await findNodeGroup(db, id);
  if (!group) throw notFound('This group');
  return group;
}
