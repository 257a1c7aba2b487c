import type { Component, ListQuery, UpdateComponent } from '@stratora/contract';
import { adoptOrphans } from '../../inventory/nodes/index.ts';
import { siteExists } from '../../inventory/sites/index.ts';
import { type Actor, appendAudit, once } from '../../platform/audit/index.ts';
import type { Database, Tx } from '../../platform/db/index.ts';
import { markDirty } from '../../platform/dirty-marks/index.ts';
import { publishEvents } from '../../platform/events/index.ts';
import {
  appError,
  changedFields,
  fieldError,
  isEmpty,
  notFound,
  type Precondition,
} from '../../platform/http/index.ts';
import type { ComponentAuthenticator } from '../component-keys/index.ts';
import { addRotatedKey, dropVerifiers, endOtherMachines } from '../component-keys/index.ts';
import {
  deleteComponent,
  lockComponent,
  setApproval,
  setPin,
  updateComponent,
} from '../component-registry/index.ts';
import { type ComponentFilters, findComponent, listComponents } from './component-queries.ts';

export interface ComponentServiceOptions {
  db: Database;
  authenticator: ComponentAuthenticator;
}

type Decision = 'approve' | 'reject' | 'revoke';

/**
 * The approvals that each decision may start from, and the one it leads to; where that is so already, nothing changes.
 */
const DECISIONS: Record<Decision, { from: readonly string[]; to: 'approved' | 'rejected' | 'revoked' }> = {
  approve: { from: ['pending', 'rejected', 'revoked'], to: 'approved' },
  reject: { from: ['pending'], to: 'rejected' },
  revoke: { from: ['pending', 'approved', 'rejected'], to: 'revoked' },
};

/** The service by which administrators see and govern collectors and agents. */
export class ComponentService {
  readonly #options: ComponentServiceOptions;

  constructor(options: ComponentServiceOptions) {
    this.#options = options;
  }

  list(query: ListQuery, filters: ComponentFilters) {
    return listComponents(this.#options.db, query, filters);
  }

  get(id: string): Promise<Component> {
    return getComponent(this.#options.db, id);
  }

  /** Decides on an approval; in force on every server within seconds, since each hears of it with the commit. */
  async decide(
    actor: Actor,
    id: string,
    decision: Decision,
    match?: Precondition<Component>,
  ): Promise<Component> {
    const { from, to } = DECISIONS[decision];
    const component = await once(this.#options.db, actor, async (tx) => {
      const component = await lockComponent(tx, id);
      if (!component) throw notFound('This component');
      if (match) match(await getComponent(tx, id));
      if (component.approval === to) return getComponent(tx, id);
      if (!from.includes(component.approval)) {
        throw appError('invalid_state', `A component that is ${component.approval} cannot be ${to}.`);
      }
      await setApproval(tx, id, to);
      if (to === 'approved') await endOtherMachines(tx, id, component.machine_id);
      if (to === 'approved') await this.applyApproval(tx, actor, { ...component, id });
      else await dropVerifiers(tx, id);
      await publishEvents(tx, [{ name: 'component_changed', data: { id, change: 'updated' } }]);
      await appendAudit(tx, actor, auditOf(decision, id, component.name));
      return getComponent(tx, id);
    });
    this.#options.authenticator.forget(id);
    return component;
  }

  /** Does what follows from an approval, in its transaction: work for the server's own collector, and a config. */
  async applyApproval(
    tx: Tx,
    actor: Actor,
    component: { id: string; name: string; component_type: string; is_local: boolean },
  ): Promise<void> {
    if (component.is_local && component.component_type === 'collector') {
      await adoptOrphans(tx, component.id);
    }
    await markDirty(tx, [component.id], { cause: `${component.name} approved`, actor: actor.name });
  }

  /** Changes name, site and engine of a component; another engine is a new config. */
  async update(
    actor: Actor,
    id: string,
    input: UpdateComponent,
    match?: Precondition<Component>,
  ): Promise<Component> {
    return this.#options.db.transaction().execute(async (tx) => {
      if (!(await lockComponent(tx, id))) throw notFound('This component');
      const before = await getComponent(tx, id);
      match?.(before);
      const change = changedFields(before, input);
      if (isEmpty(change)) return before;
      if (change.site_id && !(await siteExists(tx, change.site_id)))
        throw fieldError('site_id', 'does not exist');
      await updateComponent(tx, id, change);
      if (change.engine_choice !== undefined) {
        const cause = `engine of ${before.name} set to ${change.engine_choice}`;
        await markDirty(tx, [id], { cause, actor: actor.name });
      }
      await publishEvents(tx, [{ name: 'component_changed', data: { id, change: 'updated' } }]);
      const detail = { name: before.name, changed: change };
      await appendAudit(tx, actor, { ...auditOf('update', id, before.name), detail });
      return getComponent(tx, id);
    });
  }

  /** Pins a component to one of its generations, or lets it have the newest again (null). */
  async pin(
    actor: Actor,
    id: string,
    generation: number | null,
    match?: Precondition<Component>,
  ): Promise<Component> {
    return this.#options.db.transaction().execute(async (tx) => {
      const component = await lockComponent(tx, id);
      if (!component) throw notFound('This component');
      if (match) match(await getComponent(tx, id));
      if (component.pinned_generation === generation) return getComponent(tx, id);
      if (!(await setPin(tx, id, generation))) throw notFound(`Generation ${generation} of this component`);
      await publishEvents(tx, [{ name: 'component_changed', data: { id, change: 'updated' } }]);
      const verb = generation === null ? 'unpin_config' : 'pin_config';
      const detail = { name: component.name, generation: generation ?? component.pinned_generation };
      await appendAudit(tx, actor, { ...auditOf(verb, id, component.name), detail });
      return getComponent(tx, id);
    });
  }

  /** Issues a new key beside the old one, which ends with the first use of the new one, at most a week later. */
  async rotateKey(
    actor: Actor,
    id: string,
    match?: Precondition<Component>,
  ): Promise<{ component_id: string; api_key: string }> {
    await getComponent(this.#options.db, id);
    const minted = await this.#options.authenticator.mint();
    const issued = await once(this.#options.db, actor, async (tx) => {
      const component = await lockComponent(tx, id);
      if (!component) throw notFound('This component');
      if (match) match(await getComponent(tx, id));
      if (component.approval !== 'approved') {
        throw appError('invalid_state', `A component that is ${component.approval} gets no new key.`);
      }
      await addRotatedKey(tx, id, minted);
      await appendAudit(tx, actor, auditOf('rotate_key', id, component.name));
      return { component_id: id, api_key: minted.key };
    });
    this.#options.authenticator.forget(id);
    return issued;
  }

  /**
   * Deletes a component with its keys and configs. Its nodes stay, with their history, and wait for another component.
   */
  async delete(actor: Actor, id: string, match?: Precondition<Component>): Promise<void> {
    await this.#options.db.transaction().execute(async (tx) => {
      const component = await lockComponent(tx, id);
      if (!component) throw notFound('This component');
      if (match) match(await getComponent(tx, id));
      await deleteComponent(tx, id);
      await publishEvents(tx, [{ name: 'component_changed', data: { id, change: 'deleted' } }]);
      await appendAudit(tx, actor, auditOf('delete', id, component.name));
    });
    this.#options.authenticator.forget(id);
  }
}

function auditOf(verb: string, id: string, name: string) {
  return { action: `component.${verb}`, objectType: 'component', objectId: id, detail: { name } };
}

async function getComponent(db: Database | Tx, id: string): Promise<Component> {
  const component = await findComponent(db, id);
  if (!component) throw notFound('This component');
  return component;
}
