import type { DeviceType } from '@stratora/contract';
import { sanitizeText } from '@stratora/runtime';
import type { Scene } from './condition.ts';
import { readDeviceTexts } from './device-text.ts';
import type { Evidence } from './evidence.ts';
import { chooseFamily, type FamilyChoice } from './family-choice.ts';
import type { RuleBook } from './rule-book.ts';
import type { Vendor } from './rule-schema.ts';
import { sceneFor } from './scene-choice.ts';
import type { TemplateChooser } from './template-choice.ts';
import { chooseType } from './type-choice.ts';
import { byMac, chooseVendor } from './vendor-choice.ts';

/** What a device was found to be. Absent is what nothing tells. Texts of the device are free of control characters. */
export interface Identity {
  readonly vendor: string | undefined;
  readonly model: string | undefined;
  readonly serial: string | undefined;
  readonly firmware: string | undefined;
  readonly os: string | undefined;
  readonly family: string | undefined;
  readonly deviceType: DeviceType;
  /** Slug of a template in force. */
  readonly template: string;
  /** 0..1. */
  readonly confidence: number;
  /** What it was told by, in sentences without a full stop. */
  readonly reasons: readonly string[];
}

/** Weight of a sign from which on a family is as good as certain. */
const SURE_WEIGHT = 50;
/** Bounds of the confidence in a device of which only the vendor is known, and that in one of which nothing is. */
const VENDOR_ALONE = { least: 0.4, most: 0.5 };
const NOTHING = 0.1;
const NO_VENDOR = 'no rule knows its sysObjectID, its sysDescr or what it answers';

/**
 * Tells what a device is. Pure: the same evidence gives the same identity, whoever gathered it. Takes any evidence,
 * hostile texts too, and never throws.
 */
export function identify(evidence: Evidence, book: RuleBook, templates: TemplateChooser): Identity {
  const scene = sceneFor(evidence, book);
  const family = chooseFamily(book, scene);
  const holder = byMac(book, evidence)?.vendor;
  const choice = chooseVendor(book, { evidence, scene, family });
  const vendor = choice?.vendor;
  const type = chooseType(book, scene, { family, vendor });
  const hasSnmp = scene.objectId !== '' || scene.descr !== '' || scene.held.size > 0;
  const template = templates.choose({
    sysObjectId: scene.objectId,
    sysDescr: scene.descr,
    family: family?.of.family.id,
    hasSnmp,
  });
  const vendorName = family?.of.family.vendor ?? vendor?.name;
  const reasons = [
    familyReason(scene, family) ?? choice?.reason ?? NO_VENDOR,
    type.reason,
    ...(holder !== undefined && family !== undefined && holder.name === vendorName
      ? [`${holder.name} holds its MAC address`]
      : []),
    template.reason,
  ];
  return {
    vendor: vendorName,
    ...textsOf(evidence, family),
    os: family?.of.family.os,
    family: family?.of.family.id,
    deviceType: type.type,
    template: template.slug,
    confidence: confidenceOf(family, { vendor, holder, typeConfidence: type.confidence }),
    reasons: reasons.map((reason) => sanitizeText(reason)),
  };
}

function textsOf(evidence: Evidence, family: FamilyChoice | undefined) {
  const { model, serial, firmware } = readDeviceTexts(evidence, family?.of);
  const clean = (text: string | undefined) => (text === undefined ? undefined : sanitizeText(text));
  return { model: clean(model), serial: clean(serial), firmware: clean(firmware) };
}

function familyReason(scene: Scene, family: FamilyChoice | undefined): string | undefined {
  if (family === undefined) return undefined;
  const { vendor, os } = family.of.family;
  return `${vendor}, ${os}: ${family.sign.words(scene)}`;
}

interface Certainty {
  readonly vendor: Vendor | undefined;
  /** Of its MAC address. */
  readonly holder: Vendor | undefined;
  readonly typeConfidence: number;
}

/** From the weight of the family's sign: 0.65 for a bare enterprise number up to 0.95; a MAC address that agrees adds. */
function confidenceOf(
  family: FamilyChoice | undefined,
  { vendor, holder, typeConfidence }: Certainty,
): number {
  const agrees = holder !== undefined && vendor === holder ? 0.03 : 0;
  if (family !== undefined) {
    const share = Math.min(1, family.sign.weight / SURE_WEIGHT);
    return round(0.575 + 0.375 * share + agrees);
  }
  if (vendor !== undefined)
    return round(Math.max(VENDOR_ALONE.least, Math.min(VENDOR_ALONE.most, typeConfidence)) + agrees);
  return round(Math.max(NOTHING, typeConfidence - 0.15));
}

function round(share: number): number {
  return Math.round(share * 100) / 100;
}
