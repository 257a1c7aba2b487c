import type { DefinitionPreview } from '@stratora/contract';
import { describe, expect, it } from 'vitest';
import {
  backtestHeadline,
  coverageWords,
  fieldName,
  longestWords,
  noiseWords,
  previewHeadline,
  worstPeak,
} from './trial-words.ts';

function preview(change: Partial<DefinitionPreview>): DefinitionPreview {
  return {
    at: '2026-11-29T12:00:00Z',
    not_tried: null,
    items: [],
    total: 40,
    counts: { critical: 0, warning: 0, good: 40 },
    nodes: 12,
    nodes_with_data: 12,
    query: null,
    warnings: [],
    ...change,
  };
}

describe('what a definition matches now', () => {
  it('is said in one sentence', () => {
    expect(previewHeadline(preview({}))).toBe('Nothing is bad now: 40 series are good.');
    expect(previewHeadline(preview({ counts: { critical: 2, warning: 3, good: 35 } }))).toBe(
      '2 critical and 3 warning now, of 40 series.',
    );
  });

  it('says when it would judge nothing', () => {
    expect(previewHeadline(preview({ total: 0 }))).toBe('No series matches: it would judge nothing.');
    expect(previewHeadline(preview({ total: 0, nodes: 0 }))).toBe('It judges no node.');
    expect(coverageWords(preview({ nodes_with_data: 1 }))).toBe(
      '1 of 12 nodes has data; on the others it judges nothing.',
    );
  });
});

describe('a fault of a definition', () => {
  it('is named as the form names its field', () => {
    expect(fieldName('definition.warning_clear')).toBe('Warning ends at');
    expect(fieldName('definition.scope.id')).toBe('Scope');
    expect(fieldName('hours')).toBe('Hours');
  });
});

describe('what a definition would have told of the past', () => {
  it('is said in one sentence', () => {
    expect(backtestHeadline({ total: 0, notices: 0 }, 'the last 7 days')).toBe(
      'No alert in the last 7 days.',
    );
    expect(backtestHeadline({ total: 3, notices: 1 }, 'the last 7 days')).toBe(
      '3 alerts in the last 7 days, with 1 notice.',
    );
  });

  it('has the longest alert, also where it goes on', () => {
    const ended = { duration_seconds: 60, to: '2026-11-29T12:00:00Z' };
    expect(longestWords([])).toBe('–');
    expect(longestWords([ended, { duration_seconds: 1500, to: null }])).toBe('25 min so far');
  });

  it('has the worst value by the side on which values are bad', () => {
    const peaks = [{ peak: 3 }, { peak: null }, { peak: 9 }];
    expect(worstPeak(peaks, '>')).toBe(9);
    expect(worstPeak(peaks, '<')).toBe(3);
    expect(worstPeak([{ peak: null }], '>')).toBeNull();
    expect(worstPeak([...peaks, { peak: '+Inf' }], '>')).toBe('+Inf');
    expect(worstPeak([...peaks, { peak: '+Inf' }], '<')).toBe(3);
  });

  it('calls a little noise what it is', () => {
    expect(noiseWords(0)).toBe('0');
    expect(noiseWords(0.004)).toBe('less than 0.01');
    expect(noiseWords(1.257)).toBe('1.26');
  });
});
