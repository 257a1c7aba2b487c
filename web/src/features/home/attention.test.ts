import type { Summary } from '@stratora/contract';
import { describe, expect, it } from 'vitest';
import { sampleAlert } from '../../domain/alert-sample.test-support.ts';
import { attentionOf, causesOf } from './attention.ts';

const node = (id: string): Summary['attention'][number] => ({
  node_id: id,
  name: id,
  status: 'offline',
  reason: 'No answer',
  since: '2026-11-29T12:00:00Z',
});

describe('what needs attention', () => {
  it('is every alert, and every node of which none of them speaks', () => {
    const { alerts, nodes } = attentionOf(
      [node('a'), node('b')],
      [sampleAlert({ id: '1', node_id: 'b' }), sampleAlert({ id: '2', node_id: null })],
      { offline: 2, causes: undefined },
    );
    expect(alerts.map(({ id }) => id)).toEqual(['1', '2']);
    expect(nodes.map(({ node_id: id }) => id)).toEqual(['a']);
  });

  it('counts the nodes behind one that is down, and lists those that are unwell for another reason', () => {
    const hot = { ...node('hot'), status: 'warning' as const };
    const { nodes, behind } = attentionOf(
      [node('core'), node('edge'), node('far'), hot],
      [sampleAlert({ id: '1', node_id: 'core' })],
      { offline: 3, causes: 1 },
    );
    expect([nodes.map(({ node_id: id }) => id), behind]).toEqual([['hot'], 2]);
  });

  it('counts the nodes that are down for a reason of their own', () => {
    const down = (id: string, node: string) =>
      sampleAlert({ id, node_id: node, alert_key: 'node_unreachable', severity: 'critical' });
    const mild = sampleAlert({ id: '9', node_id: 'c', severity: 'warning' });
    expect(causesOf({ items: [down('1', 'a'), down('2', 'b'), mild], total: 300 })).toBe(2);
    expect(causesOf({ items: [down('1', 'a'), down('2', 'b')], total: 2 })).toBe(2);
    // More critical ones may follow.
    expect(causesOf({ items: [down('1', 'a')], total: 2 })).toBeUndefined();
    expect(causesOf(undefined)).toBeUndefined();
  });

  it('begins with what nobody has taken on, each part in the order that it came in', () => {
    const taken = { at: '', by: 'anna', comment: null };
    const { alerts } = attentionOf(
      [],
      [
        sampleAlert({ id: 'critical taken', acknowledged: taken }),
        sampleAlert({ id: 'critical' }),
        sampleAlert({ id: 'warning', severity: 'warning' }),
      ],
      { offline: 0, causes: 0 },
    );
    expect(alerts.map(({ id }) => id)).toEqual(['critical', 'warning', 'critical taken']);
  });
});
