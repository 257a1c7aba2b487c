import { compileCondition, type Scene, type Sign } from './condition.ts';
import type { EnterpriseRegistry } from './enterprise-registry.ts';
import { enterpriseOf, wholeOid } from './object-name.ts';
import type { Family, Kind, RuleFile, TextSource, Vendor } from './rule-schema.ts';

/** Types whose makers put objects on hosts of others: such an object says nothing of the host. */
const HOST_TYPES: ReadonlySet<string> = new Set(['server', 'hypervisor', 'computer']);

/** Where a text of a device is found, compiled. */
export interface CompiledSource {
  /** Whole OIDs, in the order of preference. */
  readonly oids: readonly string[];
  readonly descr: RegExp | undefined;
}

export interface CompiledFamily {
  readonly family: Family;
  readonly types: readonly { readonly type: Family['type']; readonly sign: Sign }[];
  readonly model: CompiledSource;
  readonly serial: CompiledSource;
  readonly firmware: CompiledSource;
}

export interface CompiledKind {
  readonly kind: Kind;
  readonly sign: Sign;
}

/** One sign of a family. */
export interface FamilySign {
  readonly of: CompiledFamily;
  readonly sign: Sign;
}

/**
 * All rules, indexed: signs that name a subtree of one enterprise are looked at for devices of that enterprise alone,
 * which leaves some hundred for each.
 */
export class RuleBook {
  readonly families: readonly CompiledFamily[];
  readonly kinds: readonly CompiledKind[];
  /** Subtrees of all enterprises that make more than hosts: what a shared agent is asked for. */
  readonly enterprises: readonly string[];
  readonly #vendors: ReadonlyMap<string, Vendor>;
  readonly #vendorByEnterprise = new Map<number, Vendor>();
  readonly #byEnterprise = new Map<number, FamilySign[]>();
  readonly #general: FamilySign[] = [];
  readonly #registry: EnterpriseRegistry | undefined;
  readonly #genericVendors: ReadonlySet<string>;
  readonly #lowerNames: readonly { readonly vendor: Vendor; readonly name: string }[];

  /** Builds the index of rules that `readRuleFiles` found sound. The order decides between signs of the same weight. */
  constructor({ vendors, families, kinds }: RuleFile, registry?: EnterpriseRegistry) {
    this.#registry = registry;
    this.#vendors = new Map(vendors.map((vendor) => [vendor.name, vendor]));
    for (const vendor of vendors) {
      for (const number of vendor.enterprises) {
        if (!this.#vendorByEnterprise.has(number)) this.#vendorByEnterprise.set(number, vendor);
      }
    }
    this.families = families.map(compileFamily);
    this.enterprises = vendors
      .filter(({ type, agent }) => !agent && !HOST_TYPES.has(type))
      .flatMap((vendor) => vendor.enterprises.map((number) => wholeOid(String(number))));
    this.#lowerNames = vendors
      .filter(({ agent }) => !agent)
      .flatMap((vendor) =>
        [vendor.name, ...vendor.also].map((name) => ({ vendor, name: name.toLowerCase() })),
      )
      .toSorted((a, b) => b.name.length - a.name.length);
    this.#genericVendors = new Set(families.filter(({ generic }) => generic).map(({ vendor }) => vendor));
    this.kinds = kinds.map((kind) => ({ kind, sign: compileCondition(kind.when) }));
    for (const of of this.families) {
      for (const condition of of.family.signs) this.#index({ of, sign: compileCondition(condition) });
    }
  }

  findVendor(name: string): Vendor | undefined {
    return this.#vendors.get(name);
  }

  /** Finds the vendor in whose enterprise a sysObjectID stands; one that no rule has by the registry's name. */
  findVendorOf(objectId: string): Vendor | undefined {
    const number = enterpriseOf(objectId);
    if (number === undefined) return undefined;
    const known = this.#vendorByEnterprise.get(number);
    const name = known === undefined ? this.#registry?.find(number) : undefined;
    return name === undefined
      ? known
      : { name, enterprises: [number], type: 'other', also: [], agent: false };
  }

  /** Finds the vendor with the longest name that begins a text, as that of the holder of a MAC address. */
  findVendorOfHolder(holder: string): Vendor | undefined {
    const words = holder.toLowerCase();
    return this.#lowerNames.find(
      ({ name }) => words.startsWith(name) && !/[a-z0-9]/.test(words[name.length] ?? ' '),
    )?.vendor;
  }

  /** Tells whether a vendor's agent is one that others build on, so that its enterprise says little. */
  isGenericVendor(name: string): boolean {
    return this.#genericVendors.has(name);
  }

  /** Tells whether a sysObjectID says nothing: it is in no enterprise, or in that of an agent which others build on. */
  isSharedAgent(objectId: string): boolean {
    return enterpriseOf(objectId) === undefined || this.findVendorOf(objectId)?.agent === true;
  }

  /** Calls `each` with every sign that a device of this sysObjectID can have. */
  forEachSign({ objectId }: Scene, each: (sign: FamilySign) => void): void {
    const number = enterpriseOf(objectId);
    const own = number === undefined ? undefined : this.#byEnterprise.get(number);
    if (own !== undefined) for (const sign of own) each(sign);
    for (const sign of this.#general) each(sign);
  }

  #index(sign: FamilySign): void {
    const { under } = sign.sign;
    const number = under === undefined ? undefined : enterpriseOf(under);
    if (number === undefined) {
      this.#general.push(sign);
      return;
    }
    const list = this.#byEnterprise.get(number);
    if (list === undefined) this.#byEnterprise.set(number, [sign]);
    else list.push(sign);
  }
}

function compileFamily(family: Family): CompiledFamily {
  return {
    family,
    types: family.types.map(({ type, when }) => ({ type, sign: compileCondition(when) })),
    model: compileSource(family.model),
    serial: compileSource(family.serial),
    firmware: compileSource(family.firmware),
  };
}

function compileSource(source: TextSource | undefined): CompiledSource {
  return {
    oids: (source?.oids ?? []).map(wholeOid),
    descr: source?.descr === undefined ? undefined : new RegExp(source.descr, 'i'),
  };
}
