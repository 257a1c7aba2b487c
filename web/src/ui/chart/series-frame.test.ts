import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  alignToGrid,
  buildFrame,
  directionOf,
  isolatedPoints,
  limitSeries,
  plotColumns,
  type RawSeries,
  renderLegend,
  summarize,
} from './series-frame.ts';
import { sparkPaths } from './sparkline.tsx';

const GRID = { start: 100, end: 150, step: 10 };

function series(metric: Record<string, string>, ...values: (string | undefined)[]): RawSeries {
  return {
    metric,
    values: values.flatMap((value, index) =>
      value === undefined ? [] : [[GRID.start + index * GRID.step, value] as const],
    ),
  };
}

describe('values on a grid', () => {
  it('that are missing are gaps, and a gap is never bridged', () => {
    expect(alignToGrid(series({}, '1', undefined, undefined, '4').values, GRID)).toEqual([
      1,
      null,
      null,
      4,
      null,
      null,
    ]);
  });

  it('that are no numbers are gaps too', () => {
    expect(alignToGrid(series({}, 'NaN', '+Inf', '-Inf', '', 'x', '5').values, GRID)).toEqual([
      null,
      null,
      null,
      null,
      null,
      5,
    ]);
  });

  it('outside of the grid are left out', () => {
    expect(
      alignToGrid(
        [
          [90, '1'],
          [160, '2'],
        ],
        GRID,
      ),
    ).toEqual([null, null, null, null, null, null]);
  });

  it('stay gaps however they are drawn', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.array(fc.option(fc.float({ noNaN: true, min: 0, max: 1e9 })), { minLength: 6, maxLength: 6 }),
          {
            minLength: 1,
            maxLength: 5,
          },
        ),
        fc.boolean(),
        (rows, stacked) => {
          const frame = {
            times: [100, 110, 120, 130, 140, 150],
            series: rows.map((values, index) => ({
              label: String(index),
              values,
              mirrored: index % 2 === 1,
              colour: 0,
            })),
          };
          plotColumns(frame, stacked).forEach((column, row) => {
            column.forEach((value, index) => expect(value === null).toBe(rows[row]?.[index] === null));
          });
        },
      ),
    );
  });

  it('between two gaps are found, to be drawn as points', () => {
    expect(isolatedPoints([1, null, 2, null, 3, 4, null])).toEqual([0, 2]);
  });

  it('of a sparkline make one stroke per run', () => {
    expect(sparkPaths([1, 2, null, 3, null, null, 4, 5], 0, 5)).toHaveLength(3);
  });
});

describe('legends', () => {
  it('take labels, and the first of several that is not empty', () => {
    expect(renderLegend('{{ifName|ifDescr|ifIndex}} in', { ifName: '', ifDescr: 'eth0', ifIndex: '2' })).toBe(
      'eth0 in',
    );
    expect(renderLegend('{{path}}', {})).toBe('value');
    expect(renderLegend('all processors', {})).toBe('all processors');
  });

  it('show text from a device as text', () => {
    expect(renderLegend('{{ifName|ifDescr}} {{ifTwin}} in', { ifName: 'eth0', ifTwin: '' })).toBe('eth0 in');
    expect(renderLegend('{{ifName|ifDescr}} {{ifTwin}} in', { ifDescr: 'eth', ifTwin: '7' })).toBe(
      'eth 7 in',
    );
    expect(renderLegend('{{ifName|ifDescr}} {{ifTwin}} in', { ifTwin: '7' })).toBe('7 in');
    expect(renderLegend('{{ifAlias}}', { ifAlias: '{{node_id}} <b>' })).toBe('{{node_id}} <b>');
  });

  it('say which way a series goes', () => {
    expect(directionOf('{{interface}} in')).toBe('up');
    expect(directionOf('{{name}} written')).toBe('down');
    expect(directionOf('inlet')).toBeUndefined();
  });
});

describe('a frame', () => {
  const traffic = [
    { legend: '{{ifName}} in', series: [series({ ifName: 'Gi2' }, '5'), series({ ifName: 'Gi10' }, '1')] },
    { legend: '{{ifName}} out', series: [series({ ifName: 'Gi10' }, '2'), series({ ifName: 'Gi2' }, '6')] },
  ];

  it('mirrors what goes out around zero and keeps both directions together in one colour', () => {
    const frame = buildFrame(traffic, GRID);
    expect(frame.series.map(({ label }) => label)).toEqual(['Gi2 in', 'Gi2 out', 'Gi10 in', 'Gi10 out']);
    expect(frame.series.map(({ mirrored }) => mirrored)).toEqual([false, true, false, true]);
    expect(frame.series[0]?.colour).toBe(frame.series[1]?.colour);
    expect(frame.series[0]?.colour).not.toBe(frame.series[2]?.colour);
    expect(plotColumns(frame, false).map(([first]) => first)).toEqual([5, -6, 1, -2]);
  });

  it('does not mirror where only one direction is asked for', () => {
    expect(buildFrame(traffic.slice(1), GRID).series.some(({ mirrored }) => mirrored)).toBe(false);
  });

  it('gives a series the same colour whatever the order of the answer', () => {
    const names = ['c', 'a', 'b'].map((path) => series({ path }, '1'));
    const colours = (list: RawSeries[]) =>
      new Map(
        buildFrame([{ legend: '{{path}}', series: list }], GRID).series.map(({ label, colour }) => [
          label,
          colour,
        ]),
      );
    expect(colours(names)).toEqual(colours(names.toReversed()));
  });

  it('leaves out series that have no value in the range', () => {
    expect(buildFrame([{ legend: 'x', series: [series({}, 'NaN')] }], GRID).series).toEqual([]);
  });

  it('shows the busiest eight of many, in pairs where they are mirrored, each in a colour of its own', () => {
    const many = Array.from({ length: 20 }, (_, index) => series({ ifName: `Gi${index}` }, String(index)));
    const one = limitSeries(buildFrame([{ legend: '{{ifName}}', series: many }], GRID), 8);
    expect(one.series.map(({ label }) => label).toSorted()).toEqual(
      ['Gi12', 'Gi13', 'Gi14', 'Gi15', 'Gi16', 'Gi17', 'Gi18', 'Gi19'].toSorted(),
    );
    expect(new Set(one.series.map(({ colour }) => colour)).size).toBe(8);
    const both = limitSeries(
      buildFrame(
        [
          { legend: '{{ifName}} in', series: many },
          { legend: '{{ifName}} out', series: many },
        ],
        GRID,
      ),
      8,
    );
    expect(new Set(both.series.map(({ label }) => label.split(' ')[0]))).toEqual(
      new Set(['Gi16', 'Gi17', 'Gi18', 'Gi19']),
    );
    expect(both.series).toHaveLength(8);
  });

  it('stacks values on each other', () => {
    const frame = buildFrame(
      [
        { legend: 'user', series: [series({}, '10', '20')] },
        { legend: 'system', series: [series({}, '1', '2')] },
      ],
      GRID,
    );
    expect(plotColumns(frame, true).map((column) => column.slice(0, 2))).toEqual([
      [10, 20],
      [11, 22],
    ]);
  });

  it('is summed up without its gaps', () => {
    expect(summarize([1, null, 3, null])).toEqual({ last: 3, average: 2, maximum: 3 });
    expect(summarize([null])).toEqual({ last: null, average: null, maximum: null });
  });
});
