import type { ComponentType } from '@stratora/contract';
import type { TemplateChange } from '../../inventory/templates/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import { type DirtyCause, markDirty } from '../../platform/dirty-marks/index.ts';
import { listTemplateUsers, listTemplateUses } from './rollout-begin-queries.ts';
import { insertMembers, setStages } from './rollout-member-queries.ts';
import { planStages } from './rollout-plan.ts';
import { findActiveRollout, listMembers, type NewMember } from './rollout-queries.ts';
import {
  insertRollout,
  listRolloutTemplates,
  type RolloutTemplate,
  supersedeRollout,
} from './rollout-write-queries.ts';

export interface RolloutCause extends DirtyCause {
  /** Seconds for which a stage must run well; 0 gives a change to everybody at once. */
  soakSeconds: number;
}

/**
 * Takes changed templates on their way: components that use them keep what they have until their turn comes. A rollout
 * that is still going is taken over by the new one, with everybody that it had not reached.
 */
export async function beginRollouts(
  tx: Tx,
  changes: readonly TemplateChange[],
  why: RolloutCause,
): Promise<void> {
  for (const type of ['collector', 'agent'] as const) {
    const own = changes.filter(({ gatheredBy }) => gatheredBy === type);
    if (own.length === 0) continue;
    // A template that did not exist replaces nothing that works: nodes that waited for it get it at once.
    const fresh = own.filter(({ oldHash }) => oldHash === null).map(({ slug }) => slug);
    if (fresh.length > 0) await markDirty(tx, await listTemplateUsers(tx, fresh), why);
    await beginRollout(tx, type, own, why);
  }
}

async function beginRollout(
  tx: Tx,
  type: ComponentType,
  changes: readonly TemplateChange[],
  why: RolloutCause,
): Promise<void> {
  const active = await findActiveRollout(tx, type);
  const templates = withChanges(active ? await listRolloutTemplates(tx, active.id) : [], changes);
  if (templates.length === 0) return;
  const members = await findMembers(tx, type, { activeId: active?.id, templates, changes });
  if (active) await supersedeRollout(tx, active.id);
  if (members.length === 0) return;
  if (why.soakSeconds === 0) {
    await markDirty(
      tx,
      members.map(({ componentId }) => componentId),
      why,
    );
    return;
  }
  const id = await insertRollout(tx, { type, ...why }, templates);
  await insertMembers(tx, id, members);
  await setStages(tx, id, planStages(await listMembers(tx, id)));
}

/** Adds changes to the templates of the rollout that is taken over, which keep their older versions. */
function withChanges(
  takenOver: readonly RolloutTemplate[],
  changes: readonly TemplateChange[],
): RolloutTemplate[] {
  const found = new Map(takenOver.map((template) => [template.slug, template]));
  for (const { slug, oldHash, newHash } of changes) {
    const before = found.get(slug)?.oldHash ?? oldHash;
    if (before !== null) found.set(slug, { slug, oldHash: before, newHash });
  }
  return [...found.values()];
}

/** Finds components that have another version of one of the templates than the one that they should have now. */
async function findMembers(
  tx: Tx,
  type: ComponentType,
  given: {
    activeId: string | undefined;
    templates: readonly RolloutTemplate[];
    changes: readonly TemplateChange[];
  },
): Promise<NewMember[]> {
  const { activeId, templates, changes } = given;
  const slugs = templates.map(({ slug }) => slug);
  const uses = await listTemplateUses(tx, type, { slugs, activeId });
  const replaced = new Map(changes.map(({ slug, oldHash }) => [slug, oldHash]));
  const bySlug = new Map(templates.map((template) => [template.slug, template]));
  const members = new Map<string, NewMember>();
  for (const { componentId, slug, isMember, isHeld, heldHash } of uses) {
    const template = bySlug.get(slug);
    if (!template) continue;
    // Who was reached has what was in force until now.
    const current = replaced.get(slug) ?? template.newHash;
    const has = isMember && !isHeld ? current : (heldHash ?? template.oldHash);
    if (has === null || has === template.newHash) continue;
    const member = members.get(componentId) ?? { componentId, versions: [] };
    member.versions.push({ slug, oldHash: has });
    members.set(componentId, member);
  }
  return [...members.values()];
}
