import { describe, expect, it } from 'vitest';
import { type AlertChange, type AlertRef, conditionKey } from './alert-change.ts';
import { AlertPlan, type PlanFacts, worse } from './alert-plan.ts';
import { AlertTexts } from './alert-text.ts';

const AT = new Date('2026-11-29T10:00:00Z');
const REF: AlertRef = { subject: { nodeId: 'n1', componentId: null }, alertKey: 'cpu' };
const FACTS: PlanFacts = {
  at: AT,
  definitions: new Map([
    [
      'd1',
      {
        definition_id: 'd1',
        root_id: 'd1',
        definition_name: 'CPU',
        scope_type: 'global',
        scope_id: null,
        duration_seconds: 300,
        runbook_url: null,
        template: null,
      },
    ],
  ]),
  subjects: new Map([['n1', { subject_name: 'press-07', site_id: 's1' }]]),
  ids: ['a1', 'a2'],
  texts: new AlertTexts(),
};
const TRIGGER: AlertChange = {
  ...REF,
  kind: 'trigger',
  definitionId: 'd1',
  definitionSlug: 'cpu',
  instance: '',
  labels: {},
  severity: 'warning',
  value: 91,
  threshold: 90,
  comparison: '>',
  unit: '%',
  query: 'cpu',
  text: undefined,
  startedAt: AT,
};

function planned(...changes: AlertChange[]) {
  const plan = new AlertPlan([], FACTS);
  plan.apply(changes);
  return { plan, drafts: plan.drafts, events: plan.events.map(({ event }) => event) };
}

describe('a plan of what a cycle makes of alerts', () => {
  it('takes changes in the order in which they are given', () => {
    const resolve: AlertChange = { ...REF, kind: 'resolve', value: 1, reason: undefined };
    const { plan, drafts, events } = planned(TRIGGER, resolve, TRIGGER);
    expect(drafts.map(({ row }) => [row.id, row.state])).toEqual([
      ['a1', 'resolved'],
      ['a2', 'active'],
    ]);
    expect(events).toEqual(['triggered', 'resolved', 'triggered']);
    expect(plan.ids.get(conditionKey(REF))).toBe('a2');
  });

  it('makes nothing of a change for an alert that is not there', () => {
    const changes: AlertChange[] = [
      { ...REF, kind: 'severity', severity: 'critical', value: 1, threshold: 1 },
      { ...REF, kind: 'value', value: 1, text: undefined },
      { ...REF, kind: 'resolve', value: 1, reason: undefined },
      { ...REF, kind: 'release' },
      { ...REF, kind: 'calm' },
      { ...REF, kind: 'hold', hold: { by: 'maintenance', windowId: 'w' } },
    ];
    expect(planned(...changes)).toMatchObject({ drafts: [], events: [] });
  });

  it('holds by the node alone where the alert that is the cause is not there', () => {
    const cause: AlertRef = { subject: { nodeId: 'n9', componentId: null }, alertKey: 'node_unreachable' };
    const { drafts } = planned(TRIGGER, { ...REF, kind: 'hold', hold: { by: 'upstream', cause } });
    expect(drafts[0]?.row).toMatchObject({ held_by: 'upstream', held_alert_id: null, held_node_id: 'n9' });
  });

  it('counts a value alone as no news', () => {
    const first = planned(TRIGGER).drafts[0];
    if (!first) throw new Error('no alert');
    const plan = new AlertPlan([first.row], FACTS);
    plan.apply([{ ...REF, kind: 'value', value: 95, text: undefined }]);
    expect(plan.drafts[0]).toMatchObject({ isNew: false, isChanged: true, isNoteworthy: false });
    expect(plan.events).toEqual([]);
  });

  it('says of the definition that takes over, too, that its text cannot be rendered', () => {
    const known = FACTS.definitions.get('d1');
    if (!known) throw new Error('no definition');
    const other = { ...known, definition_id: 'd2', template: '{{ $labels.disk }} is full' };
    const plan = new AlertPlan([], { ...FACTS, definitions: new Map([...FACTS.definitions, ['d2', other]]) });
    plan.apply([TRIGGER, { ...TRIGGER, definitionId: 'd2' }]);
    expect(plan.events.map(({ event }) => event)).toEqual(['triggered', 'definition_changed', 'text_failed']);
  });

  it('fills the text of the definition that takes over with what that one found', () => {
    const known = FACTS.definitions.get('d1');
    if (!known) throw new Error('no definition');
    const other = { ...known, definition_id: 'd2', template: '{{ $labels.disk }} has {{ $value }}' };
    const plan = new AlertPlan([], { ...FACTS, definitions: new Map([...FACTS.definitions, ['d2', other]]) });
    const labels = { disk: 'C:' };
    plan.apply([
      { ...TRIGGER, value: undefined },
      { ...TRIGGER, definitionId: 'd2', labels, value: 97 },
    ]);
    expect(plan.events.map(({ event }) => event)).toEqual(['triggered', 'definition_changed']);
    expect(plan.drafts[0]?.row).toMatchObject({ summary: 'C: has 97', labels, value: 97 });
  });

  it('finds nothing wrong with a text that lacks nothing but the value of a series that is gone', () => {
    const known = FACTS.definitions.get('d1');
    if (!known) throw new Error('no definition');
    const begun = (template: string) => {
      const definitions = new Map([['d1', { ...known, template }]]);
      const plan = new AlertPlan([], { ...FACTS, definitions });
      plan.apply([{ ...TRIGGER, value: undefined }]);
      return [plan.drafts[0]?.row.summary, plan.events.map(({ event }) => event)];
    };
    expect(begun('{{ $node }} is at {{ $value | percent }}')).toEqual([
      'CPU on press-07: no data',
      ['triggered'],
    ]);
    expect(begun('{{ $node }} is gone')).toEqual(['press-07 is gone', ['triggered']]);
    expect(begun('{{ $labels.disk }} is at {{ $value }}')[1]).toEqual(['triggered', 'text_failed']);
  });

  it('needs an id for each alert that begins', () => {
    const others = ['a', 'b', 'c'].map((key): AlertChange => ({ ...TRIGGER, alertKey: key }));
    expect(() => planned(...others)).toThrow('more alerts begin than there are ids');
  });
});

describe('the worst value', () => {
  it.each([
    ['>', 1, 2, 2],
    ['>', 2, 1, 2],
    ['<', 1, 2, 1],
    ['<', 2, 1, 1],
    ['>', null, 1, 1],
    ['>', 5, Number.NaN, 5],
    ['<', Number.NaN, 5, 5],
    ['>', 5, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
  ] as const)('is, when %s is bad, of %s and %s: %s', (comparison, peak, value, expected) => {
    expect(worse({ comparison, peak }, value)).toBe(expected);
  });
});
