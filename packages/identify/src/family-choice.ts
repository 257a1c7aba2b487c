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

/** A generic family gives way to a vendor that has an enterprise of its own: its appliance runs that system. */
function isForeign(book: RuleBook, { objectId }: Scene, { of }: FamilyChoice): boolean {
  if (!of.family.generic) return false;
  const vendor = book.findVendorOf(objectId);
  return vendor !== undefined && vendor.name !== of.family.vendor && !book.isGenericVendor(vendor.name);
}
