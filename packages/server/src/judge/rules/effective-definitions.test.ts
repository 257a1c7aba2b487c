import { seededRandom } from '@stratora/testkit';
import { describe, expect, it } from 'vitest';
import {
  effectiveDefinitions,
  isStricter,
  type PlacedDefinition,
  type PlacedSubject,
} from './effective-definitions.ts';

const ROOT: PlacedDefinition = {
  id: 'root',
  slug: 'cpu_usage_percent',
  name: 'CPU',
  expr: 'm',
  comparison: '>',
  warning: 90,
  critical: 95,
  scope: { type: 'global', id: null },
  overrides: null,
  enabled: true,
};

function override(
  id: string,
  type: 'site' | 'group' | 'node',
  place: string,
  change: Partial<PlacedDefinition> = {},
) {
  return { ...ROOT, id, slug: id, name: id, scope: { type, id: place }, overrides: 'root', ...change };
}

const NODE: PlacedSubject = { id: 'n1', siteId: 's1', groupIds: ['g1', 'g2'] };

function judge(definitions: PlacedDefinition[], node = NODE): string | undefined {
  return effectiveDefinitions(definitions, [node])[0]?.judgeOf(node.id)?.id;
}

describe('the definition that judges a node', () => {
  it('is the narrowest: node, group, site, everywhere', () => {
    const site = override('site', 'site', 's1');
    const group = override('group', 'group', 'g1');
    const node = override('node', 'node', 'n1');
    expect(judge([ROOT])).toBe('root');
    expect(judge([ROOT, site])).toBe('site');
    expect(judge([ROOT, site, group])).toBe('group');
    expect(judge([node, ROOT, group, site])).toBe('node');
    expect(judge([ROOT, override('site', 'site', 's2'), override('node', 'node', 'n2')])).toBe('root');
  });

  it('is none where the narrowest is switched off', () => {
    expect(judge([ROOT, override('node', 'node', 'n1', { enabled: false })])).toBeUndefined();
    expect(judge([{ ...ROOT, enabled: false }])).toBeUndefined();
    expect(judge([{ ...ROOT, enabled: false }, override('node', 'node', 'n1')])).toBe('node');
  });

  it('is the stricter of two groups', () => {
    const strict = override('b-strict', 'group', 'g2', { critical: 80, warning: 70 });
    const lax = override('a-lax', 'group', 'g1', { critical: 99, warning: 70 });
    expect(judge([ROOT, lax, strict])).toBe('b-strict');
    const below = { comparison: '<' as const };
    expect(
      judge([
        { ...ROOT, ...below },
        { ...lax, ...below },
        { ...strict, ...below },
      ]),
    ).toBe('a-lax');
    expect(judge([ROOT, lax, { ...strict, enabled: false }])).toBe('a-lax');
    expect(judge([ROOT, { ...lax, critical: 80 }, strict])).toBe('a-lax');
  });

  it('is the same one whatever the order of the groups, also where no group is the strictest', () => {
    const rows = [
      ROOT,
      override('z', 'group', 'g1', { critical: 80 }),
      override('a', 'group', 'g2', { critical: 90 }),
      override('m', 'group', 'g3', { expr: 'other' }),
    ];
    const orders = [
      ['g1', 'g2', 'g3'],
      ['g2', 'g3', 'g1'],
      ['g3', 'g1', 'g2'],
    ];
    expect(new Set(orders.map((groupIds) => judge(rows, { ...NODE, groupIds }))).size).toBe(1);
  });

  it('is none outside of the scope of the root', () => {
    const elsewhere = { ...ROOT, scope: { type: 'site' as const, id: 's2' } };
    expect(judge([elsewhere])).toBeUndefined();
    expect(judge([elsewhere, override('node', 'node', 'n1')])).toBeUndefined();
    expect(judge([{ ...ROOT, scope: { type: 'group', id: 'g2' } }])).toBe('root');
    expect(judge([{ ...ROOT, scope: { type: 'node', id: 'n1' } }])).toBe('root');
  });

  it('is none for a node that is not known, and of a family whose root is gone', () => {
    expect(effectiveDefinitions([ROOT], [NODE])[0]?.judgeOf('stranger')).toBeUndefined();
    expect(effectiveDefinitions([override('node', 'node', 'n1')], [NODE])).toEqual([]);
  });
});

describe('a thousand families by chance', () => {
  it('are judged as the rule says in words, in whatever order the rows come', () => {
    const { random } = seededRandom(20_261_129);
    const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
    const nodes: PlacedSubject[] = Array.from({ length: 12 }, (_, index) => ({
      id: `n${index}`,
      siteId: pick(['s0', 's1', 's2', null]),
      groupIds: ['g0', 'g1', 'g2', 'g3'].filter(() => random() < 0.4),
    }));
    for (let round = 0; round < 1000; round += 1) {
      const comparison = pick(['>', '<'] as const);
      const root: PlacedDefinition = {
        ...ROOT,
        comparison,
        enabled: random() < 0.8,
        scope: pick([
          { type: 'global', id: null },
          { type: 'site', id: 's0' },
          { type: 'group', id: 'g0' },
        ] as PlacedDefinition['scope'][]),
      };
      const own = ['s0', 's1', 'g0', 'g1', 'g2', 'g3', 'n0', 'n1', 'n2']
        .filter(() => random() < 0.5)
        .map((place, index) =>
          override(
            `o${index}`,
            place.startsWith('s') ? 'site' : place.startsWith('g') ? 'group' : 'node',
            place,
            {
              comparison,
              enabled: random() < 0.7,
              warning: pick([null, 1, 2]),
              critical: pick([null, 3, 4]),
            },
          ),
        );
      const rows = [root, ...own];
      const families = effectiveDefinitions(rows, nodes);
      const shuffled = effectiveDefinitions(
        rows
          .map((row) => ({ row, at: random() }))
          .toSorted((a, b) => a.at - b.at)
          .map(({ row }) => row),
        nodes,
      );
      for (const node of nodes) {
        expect(families[0]?.judgeOf(node.id)).toBe(inWords(root, own, node));
        expect(shuffled[0]?.judgeOf(node.id)).toBe(families[0]?.judgeOf(node.id));
      }
    }
  });
});

/** The rule as docs/reference/alert-rules.md says it, by looking through all rows. */
function inWords(
  root: PlacedDefinition,
  own: PlacedDefinition[],
  node: PlacedSubject,
): PlacedDefinition | undefined {
  const isIn = ({ scope }: PlacedDefinition) =>
    scope.type === 'global' ||
    scope.id === node.id ||
    scope.id === node.siteId ||
    node.groupIds.includes(scope.id ?? '');
  if (!isIn(root)) return undefined;
  for (const type of ['node', 'group', 'site']) {
    const here = own.filter((row) => row.scope.type === type && isIn(row));
    const strictest = here.find((row) => here.every((other) => other === row || isStricter(row, other)));
    if (strictest !== undefined) return strictest.enabled ? strictest : undefined;
  }
  return root.enabled ? root : undefined;
}

describe('strictness', () => {
  it('is by the critical threshold, then the warning, then the name; nothing is as lax as no threshold', () => {
    const a = override('a', 'group', 'g1');
    const b = override('b', 'group', 'g2');
    expect(isStricter(a, b)).toBe(true);
    expect(isStricter(b, a)).toBe(false);
    expect(isStricter({ ...b, critical: 94 }, a)).toBe(true);
    expect(isStricter({ ...b, critical: null, warning: 1 }, a)).toBe(false);
    expect(isStricter({ ...b, warning: 80 }, a)).toBe(true);
    expect(isStricter({ ...b, expr: 'other', critical: 1 }, a)).toBe(false);
  });
});
