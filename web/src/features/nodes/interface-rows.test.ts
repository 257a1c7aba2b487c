import { describe, expect, it } from 'vitest';
import { joinInterfaces, utilization } from './interface-rows.ts';

const sample = (metric: Record<string, string>, value: string) => ({ metric, value: [1, value] as const });

describe('interfaces', () => {
  it('are joined by their index from the answers of each field', () => {
    const rows = joinInterfaces([
      { field: 'inBits', samples: [sample({ ifIndex: '3', ifName: 'Gi1/0/3', ifAlias: 'uplink' }, '1000')] },
      {
        field: 'up',
        samples: [sample({ ifIndex: '3' }, '2'), sample({ ifIndex: '4', ifDescr: 'Gi4' }, '1')],
      },
    ]);
    expect(rows).toMatchObject([
      { key: '3', name: 'Gi1/0/3', alias: 'uplink', inBits: 1000, up: false },
      { key: '4', name: 'Gi4', up: true, inBits: undefined },
    ]);
  });

  it('without any value are not shown as zero', () => {
    const rows = joinInterfaces([{ field: 'inBits', samples: [sample({ ifIndex: '3' }, 'NaN')] }]);
    expect(rows).toEqual([]);
  });

  it('are used as much as their busier direction, and by nobody knows how much without a speed', () => {
    const [row] = joinInterfaces([
      { field: 'inBits', samples: [sample({ ifIndex: '1' }, '250')] },
      { field: 'outBits', samples: [sample({ ifIndex: '1' }, '500')] },
      { field: 'speedBits', samples: [sample({ ifIndex: '1' }, '1000')] },
    ]);
    if (row === undefined) throw new Error('no row');
    expect(utilization(row)).toBe(50);
    expect(utilization({ ...row, speedBits: 0 })).toBeUndefined();
  });
});
