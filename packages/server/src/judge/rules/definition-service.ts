import {
  type AlertDefinition,
  type AlertDefinitionListQuery,
  type UpdateAlertDefinition,
  type WrittenDefinition,
} from '@stratora/contract';
import { type Actor, appendAudit, once } from '../../platform/audit/index.ts';
import { brokenConstraint, type Database, type Tx } from '../../platform/db/index.ts';
import { appError, changedFields, isEmpty, notFound, type Precondition } from '../../platform/http/index.ts';
import type { SummaryValues } from '../summary-text/index.ts';
import { findDefinition, findDefinitions, listDefinitions } from './definition-queries.ts';
import { notValid } from './definition-refusal.ts';
import type { DefinitionSamples } from './definition-samples.ts';
import { freeSlug, slugOf } from './definition-slug.ts';
import {
  deleteDefinition,
  findShipped,
  findSlugs,
  freeName,
  insertDefinition,
  lockDefinitions,
  writeDefinition,
} from './definition-writing-queries.ts';
import { isEdited, writtenOf, writtenOfShipped } from './shipped-content.ts';
import { requireSound } from './sound-definition.ts';

export interface DefinitionServiceOptions {
  db: Database;
  samples: Pick<DefinitionSamples, 'of'>;
}

/** The service of alert definitions, as people write them. */
export class DefinitionService {
  readonly #db: Database;
  readonly #samples: DefinitionServiceOptions['samples'];

  constructor({ db, samples }: DefinitionServiceOptions) {
    this.#db = db;
    this.#samples = samples;
  }

  list(query: AlertDefinitionListQuery) {
    return listDefinitions(this.#db, query);
  }

  get(id: string): Promise<AlertDefinition> {
    return getDefinition(this.#db, id);
  }

  async create(actor: Actor, written: WrittenDefinition): Promise<AlertDefinition> {
    const samples = await this.#samples.of(written);
    return this.#write(actor, (tx) => add(tx, actor, { written, samples }));
  }

  async update(
    actor: Actor,
    id: string,
    input: UpdateAlertDefinition,
    match?: Precondition<AlertDefinition>,
  ): Promise<AlertDefinition> {
    const samples = await this.#samplesOfChange(id, input);
    return this.#write(actor, async (tx) => {
      const before = await getDefinition(tx, id);
      match?.(before);
      const change = changedFields(before, input);
      if (isEmpty(change)) return before;
      const written = withChange(before, change);
      await requireSound(tx, written, { before, samples });
      const shipped = (await findShipped(tx)).get(before.slug);
      await writeDefinition(tx, id, written, {
        isChanged: shipped !== undefined && isEdited(written, shipped),
      });
      await appendAudit(tx, actor, {
        action: 'alert_definition.update',
        ...objectOf(before),
        detail: { name: before.name, changed: change },
      });
      return getDefinition(tx, id);
    });
  }

  /** Makes a copy that stands by itself, switched off: two alike would tell everything twice. */
  clone(actor: Actor, id: string, name?: string): Promise<AlertDefinition> {
    return this.#write(actor, async (tx) => {
      const original = await getDefinition(tx, id);
      const fresh = name ?? (await freeName(tx, original.name, null));
      const written = { ...writtenOf(original), name: fresh, overrides: null, enabled: false };
      return add(tx, actor, { written, samples: [], from: original });
    });
  }

  /** Makes a definition of the product again what the product ships, switched on or off as that is. */
  async reset(actor: Actor, id: string, match?: Precondition<AlertDefinition>): Promise<AlertDefinition> {
    await this.#tryShipped(id);
    return this.#write(actor, async (tx) => {
      const before = await getDefinition(tx, id);
      match?.(before);
      const shipped = (await findShipped(tx)).get(before.slug);
      if (shipped === undefined) {
        throw appError(
          'invalid_state',
          'This definition did not come with the product; there is nothing to go back to.',
        );
      }
      const written = writtenOfShipped(shipped);
      const change = changedFields(writtenOf(before), written);
      if (isEmpty(change)) return before;
      await requireSound(tx, written, { before, samples: [] });
      await writeDefinition(tx, id, written, { isChanged: false });
      await appendAudit(tx, actor, {
        action: 'alert_definition.reset',
        ...objectOf(before),
        detail: { name: before.name, changed: change },
      });
      return getDefinition(tx, id);
    });
  }

  /** Deletes a definition, and with it those that replace it. */
  delete(actor: Actor, id: string, match?: Precondition<AlertDefinition>): Promise<void> {
    return this.#write(actor, async (tx) => {
      const definition = await getDefinition(tx, id);
      match?.(definition);
      if (definition.is_shipped) {
        throw appError('invalid_state', 'This definition comes with the product; switch it off instead.');
      }
      const overrides = (await findDefinitions(tx)).filter((other) => other.overrides === id);
      await deleteDefinition(tx, id);
      for (const gone of [...overrides, definition]) {
        await appendAudit(tx, actor, {
          action: 'alert_definition.delete',
          ...objectOf(gone),
          detail: {
            name: gone.name,
            slug: gone.slug,
            ...(gone === definition ? {} : { with: definition.name }),
          },
        });
      }
    });
  }

  /**
   * Finds sample alerts for a text that a change touches, and tries an expression that is new or switched on; before the
   * transaction, which must not wait for the store.
   */
  async #samplesOfChange(id: string, change: UpdateAlertDefinition): Promise<SummaryValues[]> {
    const before = await findDefinition(this.#db, id);
    if (before === undefined) return [];
    const changed = changedFields(before, change);
    const isTried = isToBeTried(changed);
    const isTouched = isTried || Object.keys(changed).some((name) => TEXT_FIELDS.has(name));
    return isTouched ? this.#samples.of(withChange(before, changed), { mayBeRefused: !isTried }) : [];
  }

  /** Tries what the product ships, as a change to it is tried; its text is the product's own. */
  async #tryShipped(id: string): Promise<void> {
    const before = await findDefinition(this.#db, id);
    if (before === undefined) return;
    const shipped = (await findShipped(this.#db)).get(before.slug);
    if (shipped === undefined) return;
    const written = writtenOfShipped(shipped);
    if (isToBeTried(changedFields(writtenOf(before), written))) await this.#samples.of(written);
  }

  async #write<T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
    try {
      return await once(this.#db, actor, async (tx) => {
        await lockDefinitions(tx);
        return work(tx);
      });
    } catch (error) {
      switch (brokenConstraint(error)) {
        case 'alert_definitions_name_key':
          throw appError('name_taken', 'There is an alert definition of that name already.', {
            details: { errors: [{ path: 'name', message: 'is taken' }] },
          });
        case 'alert_definitions_scope_site_id_fkey':
        case 'alert_definitions_scope_group_id_fkey':
        case 'alert_definitions_scope_node_id_fkey':
          throw notValid([{ path: 'scope.id', message: 'was deleted meanwhile' }]);
        default:
          throw error;
      }
    }
  }
}

/** Fields that decide what a text can say. */
const TEXT_FIELDS: ReadonlySet<string> = new Set(['expr', 'summary', 'instance_labels']);

/** Whether a change gives a definition another expression, or switches it on. */
function isToBeTried(changed: UpdateAlertDefinition): boolean {
  return 'expr' in changed || changed.enabled === true;
}

/** @param change fields that are given, as `changedFields` leaves them */
function withChange(before: AlertDefinition, change: UpdateAlertDefinition): WrittenDefinition {
  return { ...writtenOf(before), ...(change as Partial<WrittenDefinition>) };
}

/** A definition to be added, and where it was copied from. */
interface Addition {
  written: WrittenDefinition;
  samples: readonly SummaryValues[];
  from?: AlertDefinition;
}

async function add(tx: Tx, actor: Actor, { written, samples, from }: Addition): Promise<AlertDefinition> {
  await requireSound(tx, written, { before: undefined, samples });
  const slug = freeSlug(slugOf(written.name), await findSlugs(tx));
  const id = await insertDefinition(tx, { ...written, slug, shipped: null });
  await appendAudit(tx, actor, {
    action: 'alert_definition.create',
    objectType: 'alert_definition',
    objectId: id,
    ...nodeOf(written),
    detail: { name: written.name, slug, ...(from && { from: from.name }) },
  });
  return getDefinition(tx, id);
}

function objectOf({ id, scope }: AlertDefinition) {
  return { objectType: 'alert_definition', objectId: id, ...nodeOf({ scope }) };
}

/** The node that a change is about, for the log of that node. */
function nodeOf({ scope }: Pick<WrittenDefinition, 'scope'>) {
  return scope.type === 'node' && scope.id !== null ? { nodeId: scope.id } : {};
}

async function getDefinition(db: Database | Tx, id: string): Promise<AlertDefinition> {
  const definition = await findDefinition(db, id);
  if (!definition) throw notFound('This alert definition');
  return definition;
}
