import type { DeviceTemplate } from '@stratora/contract';

/**
 * Finds two templates with rules for the same raw measurement: rows that components send could belong to either.
 * @returns the fault in words
 */
export function findRuleConflict(templates: readonly DeviceTemplate[]): string | undefined {
  const owners = new Map<string, string>();
  for (const { slug, metrics } of templates) {
    for (const { from } of metrics) {
      const owner = owners.get(from) ?? slug;
      if (owner !== slug) return `"${from}" has rules in "${owner}" and in "${slug}"`;
      owners.set(from, slug);
    }
  }
  return undefined;
}
