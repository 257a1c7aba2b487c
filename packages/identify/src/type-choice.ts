import type { DeviceType } from '@stratora/contract';
import type { Scene } from './condition.ts';
import type { FamilyChoice } from './family-choice.ts';
import type { RuleBook } from './rule-book.ts';
import type { Vendor } from './rule-schema.ts';

export interface TypeChoice {
  readonly type: DeviceType;
  readonly reason: string;
  /** 0..1. */
  readonly confidence: number;
}

/**
 * Chooses the type: of a family its own, as its exceptions have it; else what standard MIBs and words mean; else what
 * nearly all of a vendor's devices are; else what weak signs mean, open ports for one.
 */
export function chooseType(
  book: RuleBook,
  scene: Scene,
  found: { readonly family: FamilyChoice | undefined; readonly vendor: Vendor | undefined },
): TypeChoice {
  const { family, vendor } = found;
  if (family !== undefined) return typeOfFamily(family, scene);
  const kind = book.kinds.find(({ sign }) => sign.holdsIn(scene));
  if (vendor !== undefined && vendor.type !== 'other' && (kind === undefined || kind.kind.weak)) {
    return {
      type: vendor.type,
      reason: `most devices of ${vendor.name} are of type ${vendor.type}`,
      confidence: 0.6,
    };
  }
  if (kind !== undefined) {
    const { type, reason } = kind.kind;
    return { type, reason: `type ${type}: ${kind.sign.words(scene)}, ${reason}`, confidence: 0.5 };
  }
  return { type: 'other', reason: 'nothing tells what kind of device it is', confidence: 0.1 };
}

function typeOfFamily({ of }: FamilyChoice, scene: Scene): TypeChoice {
  const exception = of.types.find(({ sign }) => sign.holdsIn(scene));
  if (exception !== undefined) {
    const { type, sign } = exception;
    return { type, reason: `type ${type}: ${sign.words(scene)}`, confidence: 0.9 };
  }
  const { type, os } = of.family;
  return { type, reason: `type ${type}: what ${os} runs on`, confidence: 0.9 };
}
