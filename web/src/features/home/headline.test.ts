import type { Summary } from '@stratora/contract';
import { describe, expect, it } from 'vitest';
import { headlineOf } from './headline.ts';

function summary(counts: Partial<Summary['nodes']['by_status']>, failing = 0): Summary {
  const by = {
    discovering: 0,
    healthy: 0,
    warning: 0,
    critical: 0,
    offline: 0,
    unknown: 0,
    maintenance: 0,
    ...counts,
  };
  return {
    nodes: {
      total: Object.values(by).reduce((sum, count) => sum + count, 0),
      by_status: by,
      collection_failing: failing,
    },
    health_score: null,
    sites: [],
    components: { collectors: 0, collectors_online: 0, agents: 0, agents_online: 0, pending: 0 },
    attention: [],
    activity: [],
    generated_at: '2026-01-01T00:00:00Z',
  };
}

describe('the headline', () => {
  it('names what is down first', () => {
    expect(headlineOf(summary({ offline: 1, critical: 2, warning: 9, healthy: 40 }))).toMatchObject({
      tone: 'bad',
      text: '1 node offline, 2 critical',
    });
  });

  it('says how many of those offline are explained by others, and what has a warning', () => {
    expect(headlineOf(summary({ offline: 48, warning: 10, healthy: 2 }), 3, { causes: 2 }).detail).toBe(
      '46 of them are behind 2 that are down. 10 more have a warning. 2 nodes of 60 are healthy.',
    );
    expect(headlineOf(summary({ offline: 2, warning: 1, healthy: 1 }), 1, { causes: 1 }).detail).toBe(
      '1 of them is behind one that is down. 1 more has a warning. 1 node of 4 is healthy.',
    );
    expect(headlineOf(summary({ offline: 2, healthy: 1 }), 2).detail).toBe('1 node of 3 is healthy.');
  });

  it('does not call it well while states are not known', () => {
    expect(headlineOf(summary({ unknown: 3, healthy: 1 })).tone).toBe('unknown');
  });

  it('says that nothing needs anyone when all are healthy', () => {
    expect(headlineOf(summary({ healthy: 60 }))).toEqual({
      tone: 'good',
      text: 'Nothing needs you now',
      detail: 'All 60 nodes are healthy.',
    });
    expect(headlineOf(summary({ healthy: 59, maintenance: 1 })).detail).toContain('1 in maintenance');
  });

  it('does not call it quiet while a rule judges nothing', () => {
    const headline = (refusedRules: number) => headlineOf(summary({ healthy: 3 }), 0, { refusedRules });
    expect(headline(1)).toEqual({
      tone: 'warn',
      text: '1 alert rule judges nothing',
      detail: 'What it watches for would not be noticed. 3 nodes of 3 are healthy.',
    });
    expect(headline(2).text).toBe('2 alert rules judge nothing');
    expect(headline(0).tone).toBe('good');
  });

  it('says how many of those offline are explained by others, and what has a warning', () => {
    expect(headlineOf(summary({ offline: 48, warning: 10, healthy: 2 }), 3, { causes: 2 }).detail).toBe(
      '46 of them are behind 2 that are down. 10 more have a warning. 2 nodes of 60 are healthy.',
    );
    expect(headlineOf(summary({ offline: 2, warning: 1, healthy: 1 }), 1, { causes: 1 }).detail).toBe(
      '1 of them is behind one that is down. 1 more has a warning. 1 node of 4 is healthy.',
    );
    expect(headlineOf(summary({ offline: 2, healthy: 1 }), 2).detail).toBe('1 node of 3 is healthy.');
  });

  it('does not call it well while a part of the collection fails', () => {
    expect(headlineOf(summary({ healthy: 5 }, 3))).toEqual({
      tone: 'warn',
      text: '3 nodes cannot be read in full',
      detail: 'A part of the collection fails. 5 nodes of 5 are healthy.',
    });
    for (const worse of ['offline', 'warning', 'unknown'] as const) {
      const { tone, detail } = headlineOf(summary({ healthy: 5, [worse]: 1 }, 3));
      expect(tone).toBe({ offline: 'bad', warning: 'warn', unknown: 'unknown' }[worse]);
      expect(detail).toContain('3 nodes cannot be read in full.');
    }
    expect(headlineOf(summary({ discovering: 2 }, 1)).text).toBe('1 node cannot be read in full');
    expect(headlineOf(summary({ healthy: 60, unknown: 1 })).tone).toBe('unknown');
  });

  it('waits for first data, and begins with nothing', () => {
    expect(headlineOf(summary({ discovering: 2 })).text).toBe('Waiting for the first data of 2 nodes');
    expect(headlineOf(summary({})).text).toBe('Nothing is monitored yet');
  });

  it('names alerts that are about no node, so that it never contradicts the list below it', () => {
    expect(headlineOf(summary({ healthy: 3 }), 1)).toMatchObject({
      tone: 'warn',
      text: '1 alert needs somebody',
    });
    expect(headlineOf(summary({ healthy: 3 }), 0).tone).toBe('good');
    expect(headlineOf(summary({ healthy: 3, critical: 1 }), 2).text).toBe('1 node critical');
  });
});
