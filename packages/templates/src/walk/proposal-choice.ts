import type { DeviceTemplate } from '@stratora/contract';
import type { TemplateCoverage } from './template-coverage.ts';

const GENERIC = 'generic-snmp';
/** Share of what a template asks for that must be there, and the least number, before it is put beside the one chosen. */
const LEAST_SHARE = 0.6;
const LEAST_ANSWERED = 4;
const MOST_BESIDE = 2;

export interface TemplateSets {
  /** Templates as in their files, by slug. */
  readonly own: ReadonlyMap<string, DeviceTemplate>;
  /** With everything they inherit. */
  readonly templates: ReadonlyMap<string, DeviceTemplate>;
}

export interface ParentChoice {
  readonly parents: readonly string[];
  readonly reasons: readonly string[];
}

/**
 * Chooses what a proposal extends: the template that identification chose and, where that is none of a family, those
 * that the walk answers.
 */
export function chooseParents(
  chosen: string,
  reason: string,
  { own, templates }: TemplateSets,
  coverage: TemplateCoverage,
): ParentChoice {
  const isOfFamily = chosen !== GENERIC && chosen !== 'ping';
  const base = chosen === 'ping' && templates.has(GENERIC) ? GENERIC : chosen;
  const first = { parents: [base], reasons: [base === chosen ? reason : 'it is a walk, so it answers SNMP'] };
  if (isOfFamily) return first;
  const taken = new Set([base, ...ancestorsOf(base, own)]);
  const beside = [...own.values()]
    .filter(({ slug, gathered_by: by }) => by === 'collector' && templates.has(slug) && !taken.has(slug))
    .map((template) => ({ slug: template.slug, ...coverage.shareOf(template) }))
    .filter(({ asked, answered }) => answered >= LEAST_ANSWERED && answered >= asked * LEAST_SHARE)
    .toSorted((a, b) => b.answered - a.answered);
  // Of a template and one that it inherits, the first says it all.
  const most = beside
    .filter(({ slug }) => !beside.some((other) => ancestorsOf(other.slug, own).has(slug)))
    .slice(0, MOST_BESIDE);
  if (most.length === 0) return first;
  const slugs = most.map(({ slug }) => slug);
  const isInherited = slugs.some((slug) => ancestorsOf(slug, own).has(base));
  return {
    parents: isInherited ? slugs : [base, ...slugs],
    reasons: [
      ...(isInherited ? [] : first.reasons),
      ...most.map(
        ({ slug, asked, answered }) =>
          `the walk has ${answered} of the ${asked} objects that template ${slug} adds`,
      ),
    ],
  };
}

function ancestorsOf(slug: string, own: ReadonlyMap<string, DeviceTemplate>): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (name: string): void => {
    for (const parent of own.get(name)?.extends ?? []) {
      if (found.has(parent)) continue;
      found.add(parent);
      visit(parent);
    }
  };
  visit(slug);
  return found;
}
