import { type Scene, sceneOf } from './condition.ts';
import type { Evidence } from './evidence.ts';
import { chooseFamily } from './family-choice.ts';
import { ENTERPRISES } from './object-name.ts';
import type { RuleBook } from './rule-book.ts';

/**
 * Makes the scene that a device is judged in. Behind an agent that others build on, and of which no sign tells more, the
 * device is judged by where its own objects stand, as if that were its sysObjectID.
 */
export function sceneFor(evidence: Evidence, book: RuleBook): Scene {
  const scene = sceneOf(evidence);
  if (scene.held.size === 0 || !book.isSharedAgent(scene.objectId)) return scene;
  const family = chooseFamily(book, scene);
  if (family !== undefined && !family.of.family.generic) return scene;
  const own = ownObject(scene);
  return own === undefined ? scene : { ...scene, objectId: own, objectWord: 'its object' };
}

/** Finds an object of the device below a whole enterprise that it was asked for. */
function ownObject({ held }: Scene): string | undefined {
  for (const [subtree, { oid }] of held) {
    if (subtree.startsWith(ENTERPRISES) && /^\.\d+$/.test(subtree.slice(ENTERPRISES.length))) return oid;
  }
  return undefined;
}
