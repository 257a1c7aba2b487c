import type { Scene } from './condition.ts';
import { chassisOf } from './device-text.ts';
import type { Evidence } from './evidence.ts';
import type { FamilyChoice } from './family-choice.ts';
import type { RuleBook } from './rule-book.ts';
import type { Vendor } from './rule-schema.ts';

/** The vendor that a device was found to be of, and what told it, in words. */
export interface VendorChoice {
  readonly vendor: Vendor;
  readonly reason: string;
}

/** Objects that hold the maker's name: UPS-MIB::upsIdentManufacturer, and HOST-RESOURCES-MIB::hrDeviceDescr of a printer. */
const MAKER_OBJECTS = [
  { subtree: '1.3.6.1.2.1.33.1.1', name: 'upsIdentManufacturer' },
  { subtree: '1.3.6.1.2.1.25.3.2.1.3', name: 'hrDeviceDescr' },
];

/**
 * Chooses the vendor: the family's; else the one whose enterprise holds sysObjectID; else the one that the device names:
 * as the maker of its chassis, in the standard MIB of its kind, or in the first words of sysDescr; else the holder of its
 * MAC address.
 */
export function chooseVendor(
  book: RuleBook,
  { evidence, scene, family }: { evidence: Evidence; scene: Scene; family: FamilyChoice | undefined },
): VendorChoice | undefined {
  if (family !== undefined) {
    const vendor = book.findVendor(family.of.family.vendor);
    return vendor === undefined ? undefined : { vendor, reason: `${vendor.name} makes it` };
  }
  const owner = book.isSharedAgent(scene.objectId) ? undefined : book.findVendorOf(scene.objectId);
  if (owner !== undefined)
    return { vendor: owner, reason: `${owner.name}: what it has is in its enterprise` };
  return byMakerText(book, evidence) ?? byMac(book, evidence) ?? bySharedAgent(book, scene);
}

/** Tells the vendor by the holder of the MAC address. */
export function byMac(book: RuleBook, { macVendor }: Evidence): VendorChoice | undefined {
  const vendor = macVendor === undefined ? undefined : book.findVendorOfHolder(macVendor);
  return vendor === undefined ? undefined : { vendor, reason: `${vendor.name} holds its MAC address` };
}

function byMakerText(book: RuleBook, { entities, held, sysDescr }: Evidence): VendorChoice | undefined {
  const texts: { readonly text: string | undefined; readonly words: string }[] = [
    { text: chassisOf(entities ?? [])?.manufacturer, words: 'the maker of its chassis' },
    ...MAKER_OBJECTS.map(({ subtree, name }) => ({ text: held?.get(subtree)?.text, words: `its ${name}` })),
    { text: sysDescr, words: 'its sysDescr' },
  ];
  for (const { text, words } of texts) {
    const vendor = text === undefined ? undefined : book.findVendorOfHolder(text.trim());
    if (vendor !== undefined) return { vendor, reason: `${vendor.name}: ${words} begins with that name` };
  }
  return undefined;
}

function bySharedAgent(book: RuleBook, { objectId }: Scene): VendorChoice | undefined {
  const vendor = book.findVendorOf(objectId);
  return vendor === undefined ? undefined : { vendor, reason: `${vendor.name}: its SNMP agent answers` };
}
