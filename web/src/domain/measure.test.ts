import { describe, expect, it } from 'vitest';
import { chartUnit, formatMeasure, limitLines } from './measure.ts';

describe('a value of an alert', () => {
  it('is written in the unit of its definition', () => {
    expect(formatMeasure(97.24, 'percent')).toBe('97.2 %');
    expect(formatMeasure(97.24, '%')).toBe('97.2 %');
    expect(formatMeasure(310, 'seconds')).toBe('5 min');
    expect(formatMeasure(3, 'days')).toBe('3 days');
    expect(formatMeasure(1, 'days')).toBe('1 day');
    expect(formatMeasure(1, 'status')).toBe('1 status');
    expect(formatMeasure(19_421_246, 'B/s')).toBe('19.4 MB/s');
    expect(formatMeasure(1.5, null)).toBe('1.5');
    expect(formatMeasure(1.5, ' ')).toBe('1.5');
  });

  it('that is none is a dash', () => {
    expect(formatMeasure(null, 'percent')).toBe('–');
    expect(formatMeasure(Number.NaN, 'days')).toBe('–');
    expect(formatMeasure('+Inf', '%')).toBe('infinite');
    expect(formatMeasure('-Inf', 'days')).toBe('minus infinite');
    expect(formatMeasure(Number.NEGATIVE_INFINITY, null)).toBe('minus infinite');
  });

  it('has the unit of a chart where there is one, and none for a word that objects know', () => {
    expect(chartUnit('Seconds')).toBe('seconds');
    expect(chartUnit('°C')).toBe('celsius');
    expect(chartUnit('clients')).toBe('none');
    expect(chartUnit('constructor')).toBe('none');
  });
});

describe('the limits of a definition', () => {
  it('are a line for each threshold that there is', () => {
    expect(limitLines({ warning: null, critical: 95 }, 'percent')).toEqual([
      { value: 95, tone: 'critical', label: 'Critical 95 %' },
    ]);
  });
});
