import type { DeviceTemplate } from '@stratora/contract';
import { isBelow, wholeOid } from './object-name.ts';

/** What is asked of a template here. */
export type MatchableTemplate = Pick<DeviceTemplate, 'slug' | 'gathered_by' | 'match'> &
  Partial<Pick<DeviceTemplate, 'extends'>>;

/** What is known of the device that a template is looked for. */
export interface TemplateNeed {
  readonly sysObjectId: string;
  readonly sysDescr: string;
  readonly family: string | undefined;
  /** Whether it answers SNMP. */
  readonly hasSnmp: boolean;
}

export interface TemplateChoice {
  readonly slug: string;
  readonly reason: string;
}

const GENERIC = 'generic-snmp';
const LAST = 'ping';

/** Templates in force, ready to be chosen from. */
export class TemplateChooser {
  readonly #prefixes: { readonly slug: string; readonly prefix: string }[] = [];
  readonly #patterns: { readonly slug: string; readonly pattern: RegExp }[] = [];
  readonly #slugs: ReadonlySet<string>;
  readonly #parents: ReadonlyMap<string, readonly string[]>;

  /** Takes those of collectors: an agent's is for a host that enrols by itself. */
  constructor(templates: readonly MatchableTemplate[]) {
    const own = templates.filter(({ gathered_by }) => gathered_by === 'collector');
    this.#slugs = new Set(own.map(({ slug }) => slug));
    this.#parents = new Map(own.map((template) => [template.slug, template.extends ?? []]));
    for (const { slug, match } of own) {
      for (const oid of match.sys_object_ids) {
        this.#prefixes.push({ slug, prefix: wholeOid(oid.replace(/^\./, '')) });
      }
      for (const text of match.sys_descr) {
        const pattern = patternOf(text);
        if (pattern !== undefined) this.#patterns.push({ slug, pattern });
      }
    }
    this.#prefixes.sort((a, b) => b.prefix.length - a.prefix.length);
  }

  /**
   * Chooses a template: one that is called as the family, or one that extends that for this very sysObjectID or sysDescr; else the
   * longest prefix of sysObjectID over all templates, else a pattern over sysDescr, else `generic-snmp`, else `ping`.
   */
  choose({ sysObjectId, sysDescr, family, hasSnmp }: TemplateNeed): TemplateChoice {
    if (family !== undefined && this.#slugs.has(family)) {
      const special = this.#prefixes.find(
        ({ slug, prefix }) => prefix === sysObjectId && this.#inherits(slug, family),
      );
      if (special !== undefined) {
        return {
          slug: special.slug,
          reason: `template ${special.slug} is for sysObjectID ${sysObjectId} of this family`,
        };
      }
      const described = this.#patterns.find(
        ({ slug, pattern }) => this.#inherits(slug, family) && pattern.test(sysDescr),
      );
      if (described !== undefined) {
        return {
          slug: described.slug,
          reason: `template ${described.slug} is for its sysDescr in this family`,
        };
      }
      return { slug: family, reason: `template ${family} is for this family` };
    }
    const byId = this.#prefixes.find(({ prefix }) => isBelow(sysObjectId, prefix));
    if (byId !== undefined) {
      return { slug: byId.slug, reason: `template ${byId.slug} is for sysObjectIDs in ${byId.prefix}` };
    }
    const byDescr = this.#patterns.find(({ pattern }) => pattern.test(sysDescr));
    if (byDescr !== undefined)
      return { slug: byDescr.slug, reason: `template ${byDescr.slug} is for its sysDescr` };
    if (hasSnmp && this.#slugs.has(GENERIC)) {
      return { slug: GENERIC, reason: `no template is for it alone, so ${GENERIC}` };
    }
    return {
      slug: LAST,
      reason: hasSnmp ? `no template polls it, so ${LAST}` : `it does not answer SNMP, so ${LAST}`,
    };
  }

  #inherits(slug: string, ancestor: string, seen: ReadonlySet<string> = new Set()): boolean {
    if (seen.has(slug)) return false;
    const parents = this.#parents.get(slug) ?? [];
    const passed = new Set([...seen, slug]);
    return parents.some((parent) => parent === ancestor || this.#inherits(parent, ancestor, passed));
  }
}

/** Compiles a pattern of a template; one that is no regular expression matches nothing. */
function patternOf(text: string): RegExp | undefined {
  try {
    return new RegExp(text);
  } catch {
    return undefined;
  }
}
