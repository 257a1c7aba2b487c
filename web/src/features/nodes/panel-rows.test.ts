import { describe, expect, it } from 'vitest';
import { joinTable } from './panel-rows.ts';

const sample = (labels: Record<string, string>, value: number | string) => ({
  metric: labels,
  value: [0, String(value)] as const,
});

describe('the table of the parts of a device', () => {
  const panel = {
    unit: 'none' as const,
    queries: [
      { expr: '$node', legend: '{{part}}', column: 'State', unit: 'state' as const },
      { expr: '$node', legend: '{{part}}', column: 'Value', unit: 'celsius' as const },
      { expr: '$node', legend: '{{part}}', column: 'Value', unit: 'rpm' as const },
    ],
  };
  const words = (...answers: Parameters<typeof joinTable>[1]) =>
    joinTable(panel, answers).rows.map(
      ({ name, cells }) =>
        `${name}: ${cells.map((cell) => (cell === undefined ? '-' : `${cell.value} ${cell.unit}`)).join(', ')}`,
    );

  it('has what is worst first, then goes by names as people count', () => {
    const states = [
      sample({ part: 'Disk 10' }, 0),
      sample({ part: 'Disk 2' }, 0),
      sample({ part: 'Disk 7' }, 2),
      sample({ part: 'Disk 3' }, 1),
    ];
    expect(words(states, [sample({ part: 'Disk 2' }, 31)], [sample({ part: 'Fan' }, 2500)])).toEqual([
      'Disk 7: 2 state, -',
      'Disk 3: 1 state, -',
      'Disk 2: 0 state, 31 celsius',
      'Disk 10: 0 state, -',
      'Fan: -, 2500 rpm',
    ]);
  });

  it('shows the worst of two series of one name, and leaves out what is no number', () => {
    const states = [sample({ part: 'a' }, 0), sample({ part: 'a' }, 2), sample({ part: 'b' }, 'NaN')];
    expect(words(states, [sample({ part: 'a' }, 40), sample({ part: 'a' }, 20)], [])).toEqual([
      'a: 2 state, 40 celsius',
    ]);
  });

  it('leaves out a column without a value', () => {
    const { columns } = joinTable(panel, [[], [sample({ part: 'a' }, 40)], []]);
    expect(columns).toEqual([{ title: 'Value', isState: false }]);
  });
});
