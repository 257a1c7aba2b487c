import { describe, expect, it } from 'vitest';
import { joinRows } from './panel-rows.ts';

const sample = (labels: Record<string, string>, value: number | string) => ({
  metric: labels,
  value: [0, String(value)] as const,
});

describe('the rows of a table of parts', () => {
  const panel = {
    unit: 'none' as const,
    queries: [
      { expr: '$node', legend: '{{disk}}', column: 'State', unit: 'state' as const },
      { expr: '$node', legend: '{{disk}}', column: 'Temperature', unit: 'celsius' as const },
    ],
  };

  it('have what is worst first, then go by their names as people count', () => {
    const states = [
      sample({ disk: 'Disk 10' }, 0),
      sample({ disk: 'Disk 2' }, 0),
      sample({ disk: 'Disk 7' }, 2),
      sample({ disk: 'Disk 3' }, 1),
    ];
    const rows = joinRows(panel, [states, [sample({ disk: 'Disk 2' }, 31), sample({ disk: 'Spare' }, 25)]]);
    expect(rows).toEqual([
      { name: 'Disk 7', values: [2, undefined] },
      { name: 'Disk 3', values: [1, undefined] },
      { name: 'Disk 2', values: [0, 31] },
      { name: 'Disk 10', values: [0, undefined] },
      { name: 'Spare', values: [undefined, 25] },
    ]);
  });

  it('show the worst of two series of one name, and leave out what is no number', () => {
    const rows = joinRows(panel, [
      [sample({ disk: 'a' }, 0), sample({ disk: 'a' }, 2), sample({ disk: 'b' }, 'NaN')],
      [sample({ disk: 'a' }, 40), sample({ disk: 'a' }, 20)],
    ]);
    expect(rows).toEqual([{ name: 'a', values: [2, 40] }]);
  });
});
