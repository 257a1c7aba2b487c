import type { WhyAlert, WhyValue } from '@stratora/contract';
import { describe, expect, it } from 'vitest';
import { marksAt, type PastEvent } from './why-marks.ts';
import { rangeBefore, valuesAt } from './why-values.ts';
import { explainWhy, type WhyFacts } from './why-verdict.ts';

const AT = new Date('2026-11-29T02:00:00Z');
const before = (seconds: number) => new Date(AT.getTime() - seconds * 1000).toISOString();

const FACTS: WhyFacts = {
  at: AT,
  node: {
    id: 'n1',
    name: 'press-07',
    status: 'healthy',
    status_since: null,
    status_reason: null,
    createdAt: new Date('2026-01-01T00:00:00Z'),
  },
  definition: {
    id: 'd1',
    slug: 'cpu_usage_percent',
    name: 'CPU usage',
    kind: 'metric',
    scope: { type: 'global', id: null },
    warning: 90,
    critical: 95,
    comparison: '>',
    unit: '%',
    duration_seconds: 300,
    updated_at: '2026-02-01T00:00:00.000Z',
  },
  noDefinition: 'out_of_scope',
  alerts: [],
  told: new Map(),
  periods: [],
  values: [],
  unjudged: [],
};
const ALERT: WhyAlert = {
  id: 'a1',
  state: 'resolved',
  severity: 'warning',
  node_id: 'n1',
  node_name: 'press-07',
  summary: 'CPU usage on press-07: 91 %',
  alert_key: 'cpu_usage_percent',
  instance: '',
  definition_name: 'CPU usage',
  started_at: before(900),
  triggered_at: before(600),
  resolved_at: null,
  acknowledged_by: null,
  muted_by: null,
  held: null,
};
const VALUE: WhyValue = {
  instance: '',
  labels: {},
  value: 40,
  severity: null,
  threshold: 90,
  bad_since: null,
};

describe('why nobody was told', () => {
  const bad = (seconds: number): WhyValue => ({
    ...VALUE,
    value: 93,
    severity: 'warning',
    bad_since: before(seconds),
  });
  const held = (by: 'maintenance' | 'upstream') => ({ by, alert_id: null, node_id: null, window_id: null });

  it('is that nobody judged it then, and why, however good the value looks', () => {
    const times = { from_at: new Date(before(30)), until_at: new Date(AT.getTime() + 20_000) };
    const explain = (kind: 'stopped' | 'unread' | 'refused', reason: string | null = null) =>
      explainWhy({ ...FACTS, values: [VALUE], unjudged: [{ ...times, kind, reason }] });
    expect(explain('stopped')).toEqual({
      verdict: 'not_evaluated',
      sentences: [
        `No rule was evaluated from ${before(30)} until ${before(-20)}: the server was stopped, or stood still.`,
      ],
    });
    expect(explain('refused', 'duplicate series.').sentences).toEqual([
      `CPU usage was not evaluated from ${before(30)} until ${before(-20)}: the metric store refused its expression (duplicate series).`,
    ]);
    const lasting = { kind: 'unread' as const, reason: null, from_at: times.from_at, until_at: null };
    expect(explainWhy({ ...FACTS, values: undefined, unjudged: [lasting] }).sentences).toEqual([
      `CPU usage was not evaluated from ${before(30)} on: the metric store did not answer.`,
    ]);
  });

  it('tells of time that counts for nothing within the duration, and beside an alert that there was', () => {
    const unjudged = [
      {
        kind: 'stopped' as const,
        reason: null,
        from_at: new Date(before(200)),
        until_at: new Date(before(90)),
      },
    ];
    const pending = explainWhy({ ...FACTS, values: [bad(310)], unjudged });
    expect(pending.verdict).toBe('unexplained');
    expect(pending.sentences[1]).toMatch(/^No rule was evaluated from .* That time counts for nothing\.$/);
    const now = [{ kind: 'unread' as const, reason: null, from_at: new Date(before(5)), until_at: null }];
    const active = explainWhy({ ...FACTS, alerts: [ALERT], unjudged: now });
    expect(active.verdict).toBe('active');
    expect(active.sentences.at(-1)).toContain('CPU usage was not evaluated');
  });

  it('is told beside the verdict where the node was in maintenance and had no alert', () => {
    const node = { ...FACTS.node, status: 'maintenance' as const };
    const period = {
      window_id: 'w1',
      window_name: 'New switches',
      ends_at: new Date('2026-11-29T04:00:00Z'),
    };
    const { verdict, sentences } = explainWhy({ ...FACTS, node, values: [VALUE], periods: [period] });
    expect(verdict).toBe('good');
    expect(sentences.at(-1)).toBe(
      'press-07 was in maintenance: window “New switches” until 2026-11-29T04:00:00.000Z; an alert would have told nobody.',
    );
    expect(explainWhy({ ...FACTS, values: [VALUE], periods: [period] }).sentences).toHaveLength(1);
  });

  it.each<[string, Partial<WhyFacts>, string, string]>([
    ['the value was good', { values: [VALUE] }, 'good', '40 %, bad is > 90 and 95'],
    ['it was bad for too short', { values: [bad(120)] }, 'pending', 'for 120 s; an alert needs 300 s'],
    ['it was bad for long enough', { values: [bad(300)] }, 'unexplained', 'for 300 s, which is as long'],
    ['the longest counts', { values: [bad(10), bad(299)] }, 'pending', 'for 299 s'],
    [
      'it was infinite',
      { values: [{ ...bad(120), value: '+Inf' }] },
      'pending',
      '(infinite, bad is > 90 and',
    ],
    [
      'it was minus infinite',
      { values: [{ ...VALUE, value: '-Inf' }] },
      'good',
      'good: minus infinite, bad is',
    ],
    ['there was no series', { values: [] }, 'no_data', 'no data of CPU usage of press-07.'],
    ['its sample was missing', { values: [{ ...VALUE, value: null }] }, 'no_data', 'no data'],
    ['the store is away', { values: 'the metric store does not answer.' }, 'unknown', 'cannot be read'],
    ['it is judged by hearing', { values: undefined }, 'by_hearing', 'the status of the node was “healthy”'],
    [
      'a definition was switched off',
      { definition: null, noDefinition: 'off' },
      'not_judged',
      'switched off',
    ],
    ['none judges it', { definition: null }, 'not_judged', 'outside of its scope'],
    [
      'nothing held it back',
      { alerts: [ALERT] },
      'active',
      `The alert “CPU usage” (warning) was active since ${before(600)}, and nothing held it back.`,
    ],
    [
      'one of its disks was full',
      { alerts: [{ ...ALERT, instance: 'C:' }] },
      'active',
      '“CPU usage” of C: (warning)',
    ],
    ['somebody was on it', { alerts: [{ ...ALERT, acknowledged_by: 'anna' }] }, 'acknowledged', 'anna had'],
    ['it was muted', { alerts: [{ ...ALERT, muted_by: 'bob' }] }, 'muted', 'muted by bob'],
    [
      'a window covered it',
      { alerts: [{ ...ALERT, held: held('maintenance') }] },
      'in_maintenance',
      'told nobody: a maintenance window covered it.',
    ],
    [
      'a window covered it that is known still',
      {
        alerts: [{ ...ALERT, held: { ...held('maintenance'), window_id: 'w2' } }],
        periods: [
          { window_id: 'w1', window_name: 'Other', ends_at: AT },
          { window_id: 'w2', window_name: 'New switches', ends_at: new Date('2026-11-29T04:00:00Z') },
        ],
      },
      'in_maintenance',
      'told nobody: in maintenance: window “New switches” until 2026-11-29T04:00:00.000Z.',
    ],
    [
      'one of two was held',
      {
        alerts: [
          { ...ALERT, held: held('upstream') },
          { ...ALERT, id: 'a2' },
        ],
      },
      'active',
      'a device before it was down',
    ],
  ])('because %s', (_, facts, verdict, words) => {
    const answer = explainWhy({ ...FACTS, ...facts });
    expect(answer.verdict).toBe(verdict);
    expect(answer.sentences[0]).toContain(words);
  });

  it('says what else may be the reason', () => {
    const { sentences } = explainWhy({
      ...FACTS,
      definition: FACTS.definition && { ...FACTS.definition, updated_at: '2026-11-29T03:00:00.000Z' },
      node: {
        ...FACTS.node,
        status: 'unknown',
        status_reason: 'Its collector is away.',
        createdAt: new Date('2026-11-29T02:30:00Z'),
      },
    });
    expect(sentences).toHaveLength(3);
    expect(sentences[0]).toContain('the node was added later');
    expect(sentences[1]).toContain('was changed after that');
    expect(sentences[2]).toContain('“unknown” (Its collector is away).');
  });
});

describe('the marks of an alert at a moment', () => {
  const events = (...given: [PastEvent['event'], Record<string, unknown>?][]): PastEvent[] =>
    given.map(([event, detail = {}]) => ({ event, actor: 'anna', detail }));

  it('are what its timeline says until then', () => {
    const past = events(
      ['triggered', { severity: 'warning' }],
      ['acknowledged'],
      ['muted', { until: null }],
      ['held', { by: 'upstream', alert_id: 'c', node_id: 'n9', window_id: null }],
    );
    expect(marksAt(past, AT, 'critical')).toEqual({
      severity: 'warning',
      acknowledged_by: 'anna',
      muted_by: 'anna',
      held: { by: 'upstream', alert_id: 'c', node_id: 'n9', window_id: null },
    });
    const later = [
      ...past,
      ...events(['severity_changed', { to: 'critical' }], ['unacknowledged'], ['unmuted'], ['released']),
    ];
    expect(marksAt(later, AT, 'info')).toEqual({
      severity: 'critical',
      acknowledged_by: null,
      muted_by: null,
      held: null,
    });
  });

  it('end with the time of a mute, also before the server noted it', () => {
    const until = (seconds: number) => events(['muted', { until: before(seconds) }]);
    expect(marksAt(until(1), AT, 'info').muted_by).toBeNull();
    expect(marksAt(until(-1), AT, 'info').muted_by).toBe('anna');
  });

  it('are flapping while nothing else holds it', () => {
    const past = events(['flapping'], ['held', { by: 'maintenance' }]);
    expect(marksAt(past, AT, 'info').held?.by).toBe('maintenance');
    expect(marksAt([...past, ...events(['released'])], AT, 'info').held?.by).toBe('flapping');
    expect(marksAt([...past, ...events(['released'], ['calm'])], AT, 'info').held).toBeNull();
  });
});

describe('the values at a moment', () => {
  const definition = { comparison: '>', warning: 90, critical: 95, instance_labels: ['cpu'] } as const;
  const range = { endMs: 100_000, stepMs: 10_000 };
  const series = (cpu: string, ...values: (number | undefined)[]) => ({
    metric: { __name__: 'cpu_usage', node_id: 'n1', cpu },
    points: values
      .map((value, i): [number, number | undefined] => [100_000 - (values.length - 1 - i) * 10_000, value])
      .filter((point): point is [number, number] => point[1] !== undefined),
  });

  it('are looked at over the whole duration, in the evaluator’s steps as long as these are not too many', () => {
    expect(rangeBefore(AT.getTime(), 300)).toMatchObject({
      startMs: AT.getTime() - 900_000,
      endMs: AT.getTime(),
      stepMs: 10_000,
    });
    const week = rangeBefore(AT.getTime(), 604_800);
    expect(AT.getTime() - week.startMs).toBeGreaterThan(604_800_000);
    expect((AT.getTime() - week.startMs) / week.stepMs).toBeLessThanOrEqual(2000);
  });

  it('are those of each instance, the worst first', () => {
    const values = valuesAt(
      [series('0', 1), series('1', 92), series('2', 96)],
      { ...definition, instance_labels: ['cpu'] },
      range,
    );
    expect(
      values.map(({ instance, value, severity, threshold }) => [instance, value, severity, threshold]),
    ).toEqual([
      ['2', 96, 'critical', 95],
      ['1', 92, 'warning', 90],
      ['0', 1, null, 90],
    ]);
  });

  it('were bad since the last good one, or the last gap', () => {
    const since = (...values: (number | undefined)[]) =>
      valuesAt([series('0', ...values)], { ...definition, instance_labels: null }, range)[0]?.bad_since;
    expect(since(1, 92, 93, 94)).toBe(new Date(80_000).toISOString());
    expect(since(92, undefined, 93, 94)).toBe(new Date(90_000).toISOString());
    expect(since(92, 93, 94)).toBe(new Date(80_000).toISOString());
    expect(since(92, 93, 1)).toBeNull();
  });

  it('are none where the last sample is too old, or is no number', () => {
    const [gone] = valuesAt([series('0', 92, undefined)], { ...definition, instance_labels: null }, range);
    expect(gone).toMatchObject({ value: null, severity: null });
    const [odd] = valuesAt([series('0', Number.NaN)], { ...definition, instance_labels: null }, range);
    expect(odd).toMatchObject({ value: null, severity: null });
  });

  it('are infinite where the series was, and bad on the side of the threshold', () => {
    const at = (value: number) =>
      valuesAt([series('0', value)], { ...definition, instance_labels: null }, range)[0];
    expect(at(Infinity)).toMatchObject({ value: '+Inf', severity: 'critical' });
    expect(at(-Infinity)).toMatchObject({ value: '-Inf', severity: null });
  });

  it('are bad below the threshold where that is what is asked', () => {
    const below = { comparison: '<', warning: 20, critical: 10, instance_labels: null } as const;
    expect(valuesAt([series('0', 5)], below, range)[0]?.severity).toBe('critical');
    expect(valuesAt([series('0', 15)], below, range)[0]?.severity).toBe('warning');
    expect(valuesAt([series('0', 25)], below, range)[0]?.severity).toBeNull();
  });
});
