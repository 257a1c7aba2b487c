import type { AlertDefinition, DefinitionFault, ScopeType, WrittenDefinition } from '@stratora/contract';

/** Scopes from the widest to the narrowest. */
const BREADTH: Readonly<Record<ScopeType, number>> = { global: 0, site: 1, group: 2, node: 3 };

/** Others of the family of a definition, and the definition as it was. */
export interface FamilyFacts {
  /** The definition before the change; undefined for a new one. */
  before: AlertDefinition | undefined;
  /** The one that it replaces; undefined where it replaces none, or one that does not exist. */
  root: AlertDefinition | undefined;
  /** Those that replace it. */
  overrides: readonly AlertDefinition[];
  /** Others that replace the same one. */
  siblings: readonly AlertDefinition[];
  /** Whether the site, group or node of its scope exists. */
  hasPlace: boolean;
}

/** Finds what keeps a definition from being of its family. */
export function familyFaults(written: WrittenDefinition, facts: FamilyFacts): DefinitionFault[] {
  const { before } = facts;
  const faults: DefinitionFault[] = [];
  if (before !== undefined && before.overrides !== written.overrides) {
    faults.push({ path: 'overrides', message: 'cannot be changed: alerts have the key of their family' });
  }
  if (before?.is_shipped === true && written.scope.type !== 'global') {
    faults.push({
      path: 'scope.type',
      message: 'must be "global" for a definition of the product: replace it where it is wrong, or clone it',
    });
  }
  if (!facts.hasPlace) faults.push({ path: 'scope.id', message: `is not the id of a ${written.scope.type}` });
  return [...faults, ...rootFaults(written, facts), ...overrideFaults(written, facts)];
}

function rootFaults(
  { overrides, scope, kind }: WrittenDefinition,
  { root, siblings }: FamilyFacts,
): DefinitionFault[] {
  if (overrides === null) return [];
  if (root === undefined) return [{ path: 'overrides', message: 'is not the id of a definition' }];
  if (root.overrides !== null) {
    const message = `is the id of "${root.name}", which replaces another one itself: name that one`;
    return [{ path: 'overrides', message }];
  }
  const faults: DefinitionFault[] = [];
  if (kind !== root.kind) {
    faults.push({
      path: 'kind',
      message: `must be "${root.kind}", as that of "${root.name}" is, which it replaces`,
    });
  }
  if (BREADTH[scope.type] <= BREADTH[root.scope.type]) {
    faults.push({
      path: 'scope.type',
      message: `must be narrower than "${root.scope.type}", which is the scope of "${root.name}"`,
    });
  }
  const twin = siblings.find((other) => other.scope.type === scope.type && other.scope.id === scope.id);
  if (twin !== undefined) {
    faults.push({ path: 'scope.id', message: `is where "${twin.name}" replaces "${root.name}" already` });
  }
  return faults;
}

function overrideFaults(
  { scope, kind }: WrittenDefinition,
  { before, overrides }: FamilyFacts,
): DefinitionFault[] {
  const [first] = overrides;
  if (before === undefined || first === undefined) return [];
  const faults: DefinitionFault[] = [];
  if (kind !== before.kind) {
    faults.push({ path: 'kind', message: `cannot be changed while "${first.name}" replaces it` });
  }
  const wide = overrides.find((override) => BREADTH[override.scope.type] <= BREADTH[scope.type]);
  if (wide !== undefined) {
    faults.push({
      path: 'scope.type',
      message: `must be wider than that of "${wide.name}", which replaces it`,
    });
  }
  return faults;
}
