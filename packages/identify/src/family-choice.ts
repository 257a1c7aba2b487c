import type { Scene, Sign } from './condition.ts';
import type { CompiledFamily, RuleBook } from './rule-book.ts';

/** The family that a device was found to be of, and by which sign. */
export interface FamilyChoice {
  readonly of: CompiledFamily;
  readonly sign: Sign;
}

/** More than any sign weighs. */
const ABOVE_GENERIC = 1_000;

/** Chooses the family whose sign says most, of equal ones the first of the files; a generic one where no other has a sign. */
export function chooseFamily(book: RuleBook, scene: Scene): FamilyChoice | undefined {
  let best: FamilyChoice | undefined;
  let weight = 0;
  book.forEachSign(scene, (candidate) => {
    const own = candidate.sign.weight + (candidate.of.family.generic ? 0 : ABOVE_GENERIC);
    if (own <= weight || !candidate.sign.holdsIn(scene)) return;
    best = candidate;
    weight = own;
  });
  return best !== undefined && isForeign(book, scene, best) ? undefined : best;
}

/**
 * Tells whether a generic family gives way: to a vendor that has an enterprise of its own, whose appliance runs that
 * system, and to the standard MIB of a kind of appliances.
 */
function isForeign(book: RuleBook, scene: Scene, { of }: FamilyChoice): boolean {
  if (!of.family.generic) return false;
  if (book.kinds.some(({ kind, sign }) => kind.appliance && sign.holdsIn(scene))) return true;
  const vendor = book.findVendorOf(scene.objectId);
  return vendor !== undefined && vendor.name !== of.family.vendor && !book.isGenericVendor(vendor.name);
}
