import type { DeviceTemplate } from '@stratora/contract';

/** A rule for a raw measurement for which another template has rules: rows that components send could belong to either. */
export interface RuleConflict {
  /** The later of the two templates. */
  readonly slug: string;
  /** Number of its rule. */
  readonly rule: number;
  readonly message: string;
}

/** Finds templates with rules for the same raw measurement, one conflict for each template and measurement. */
export function ruleConflicts(templates: readonly DeviceTemplate[]): RuleConflict[] {
  const owners = new Map<string, string>();
  const conflicts: RuleConflict[] = [];
  for (const { slug, metrics } of templates) {
    const told = new Set<string>();
    for (const [rule, { from }] of metrics.entries()) {
      const owner = owners.get(from) ?? slug;
      if (owner === slug) owners.set(from, slug);
      else if (!told.has(from)) {
        told.add(from);
        conflicts.push({ slug, rule, message: `"${from}" has rules in "${owner}" and in "${slug}"` });
      }
    }
  }
  return conflicts;
}

/** Finds the first conflict of rules. @returns the fault in words */
export function findRuleConflict(templates: readonly DeviceTemplate[]): string | undefined {
  return ruleConflicts(templates)[0]?.message;
}
