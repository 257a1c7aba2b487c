import { sceneOf } from './condition.ts';
import type { Evidence } from './evidence.ts';
import { chooseFamily } from './family-choice.ts';
import type { RuleBook } from './rule-book.ts';
import { sceneFor } from './scene-choice.ts';

/**
 * Lists the subtrees to ask a device for: those that would make a sign whole, of which all else is so already. For an
 * agent whose sysObjectID says nothing, net-snmp's for one, that is the list of probes, one for each vendor of
 * appliances, and then the whole enterprises of those that make more than hosts; for most others it is empty. The most
 * telling come first.
 */
export function subtreesToAsk(evidence: Evidence, book: RuleBook): string[] {
  const scene = sceneOf(evidence);
  const weights = new Map<string, number>();
  const note = (subtree: string | undefined, weight: number) => {
    if (subtree !== undefined && !scene.held.has(subtree)) {
      weights.set(subtree, Math.max(weight, weights.get(subtree) ?? 0));
    }
  };
  book.forEachSign(scene, ({ sign }) => {
    if (sign.holds !== undefined && sign.mayHold(scene)) note(sign.holds, sign.weight);
  });
  const family = chooseFamily(book, scene);
  const isUnknown = family === undefined || family.of.family.generic;
  for (const { sign } of family?.of.types ?? []) if (sign.mayHold(scene)) note(sign.holds, 0);
  for (const { kind, sign } of book.kinds) {
    const counts = family === undefined || (kind.appliance && family.of.family.generic);
    if (counts && sign.mayHold(scene)) note(sign.holds, 1);
  }
  if (isUnknown && book.isSharedAgent(scene.objectId))
    for (const subtree of book.enterprises) note(subtree, 0);
  return [...weights].toSorted(([, a], [, b]) => b - a).map(([subtree]) => subtree);
}

/** Lists the objects that hold model, serial number and firmware of the family that the evidence shows. */
export function objectsToAsk(evidence: Evidence, book: RuleBook): string[] {
  const of = chooseFamily(book, sceneFor(evidence, book))?.of;
  if (of === undefined) return [];
  return [...new Set([...of.model.oids, ...of.serial.oids, ...of.firmware.oids])];
}
