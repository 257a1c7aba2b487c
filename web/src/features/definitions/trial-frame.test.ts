import { describe, expect, it } from 'vitest';
import { secondsOfPoint, trialFrame, trialSpans } from './trial-frame.ts';

const named = { node_name: 'sw-1', instance: 'Gi1/0/1' };

describe('the chart of a trial', () => {
  it('does not bridge a time without samples', () => {
    const frame = trialFrame({
      ...named,
      points: [
        [0, 1],
        [10, 2],
        [20, 3],
        [100, 4],
      ],
    });
    expect(frame.times).toEqual([0, 10, 20, 30, 100]);
    expect(frame.series[0]).toMatchObject({ label: 'sw-1: Gi1/0/1', values: [1, 2, 3, null, 4] });
  });

  it('knows of how long each point is the worst value', () => {
    const seconds = (points: [number, number][]) => secondsOfPoint({ points }, { step_seconds: 10 });
    const wide: [number, number][] = [
      [0, 1],
      [1_200, 2],
      [4_800, 3],
    ];
    expect(seconds(wide)).toBe(1_200);
    expect(
      seconds([
        [0, 1],
        [10, 2],
      ]),
    ).toBeUndefined();
    expect(seconds([[5, 1]])).toBeUndefined();
  });

  it('draws one point, and none', () => {
    expect(trialFrame({ ...named, points: [[5, 1]] }).times).toEqual([5]);
    expect(trialFrame({ ...named, points: [] }).times).toEqual([]);
  });

  it('shades the times of alerts by what they were', () => {
    expect(
      trialSpans({
        active: [
          { from: 1, to: 2, severity: 'critical' },
          { from: 3, to: 4, severity: 'info' },
        ],
      }),
    ).toEqual([
      { from: 1, to: 2, tone: 'critical' },
      { from: 3, to: 4, tone: 'warning' },
    ]);
  });
});
