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

  it('are used by nobody knows how much where the speed is not that of a line', () => {
    const lo = { ifIndex: '1', ifName: 'lo', ifType: '24' };
    const [loopback, line] = joinInterfaces([
      { field: 'inBits', samples: [sample(lo, '38300000'), sample({ ifIndex: '2', ifType: '6' }, '1100')] },
      {
        field: 'speedBits',
        samples: [sample(lo, '10000000'), sample({ ifIndex: '2', ifType: '6' }, '1000')],
      },
    ]);
    if (loopback === undefined || line === undefined) throw new Error('no row');
    expect(loopback).toMatchObject({ name: 'lo', speedBits: undefined, inBits: 38_300_000 });
    expect(utilization(loopback)).toBeUndefined();
    expect(utilization(line)).toBeCloseTo(110);
    expect(utilization({ ...line, inBits: 3830 })).toBeUndefined();
  });
});
