import { describe, expect, it } from 'vitest';
import { interfaceTraffic, joinInterfaces, utilization } from './interface-rows.ts';

const sample = (metric: Record<string, string>, value: string) => ({ metric, value: [1, value] as const });

describe('interfaces', () => {
  it('are joined by their name from the answers of each field, and told of by their info', () => {
    const first = { ifName: 'Gi1/0/3', ifDescr: 'GigabitEthernet1/0/3' };
    const rows = joinInterfaces(
      [
        { field: 'inBits', samples: [sample(first, '1000')] },
        { field: 'up', samples: [sample(first, '2'), sample({ ifDescr: 'Gi4' }, '1')] },
      ],
      [
        sample({ ...first, ifIndex: '30', ifAlias: 'uplink' }, '1700000100'),
        sample({ ...first, ifIndex: '3', ifAlias: 'old' }, '1700000000'),
        sample({ ifDescr: 'Gi4', ifIndex: '4' }, '1700000000'),
        sample({ ifName: 'gone', ifIndex: '5' }, '1700000000'),
      ],
    );
    expect(rows).toMatchObject([
      { key: 'Gi1/0/3', name: 'Gi1/0/3', alias: 'uplink', index: 30, inBits: 1000, up: false },
      { key: 'Gi4', name: 'Gi4', alias: '', index: 4, up: true, inBits: undefined },
    ]);
  });

  it('of one name are rows of their own, with series of their own', () => {
    const twins = ['7', '9'].map((ifTwin) => sample({ ifName: 'eth', ifTwin }, ifTwin));
    const nameless = sample({ ifTwin: '12' }, '12');
    const rows = joinInterfaces([{ field: 'inBits', samples: [...twins, nameless] }]);
    expect(rows).toMatchObject([
      { key: 'eth 7', matcher: 'ifName="eth",ifTwin="7"', inBits: 7 },
      { key: 'eth 9', matcher: 'ifName="eth",ifTwin="9"', inBits: 9 },
      { key: '12', matcher: 'ifTwin="12"', inBits: 12 },
    ]);
  });

  it('of old series are the same rows', () => {
    const old = { ifName: 'Gi1/0/3', ifIndex: '3', ifAlias: 'uplink' };
    const rows = joinInterfaces([
      { field: 'inBits', samples: [sample(old, '1')] },
      { field: 'outBits', samples: [sample({ ifName: 'Gi1/0/3' }, '2')] },
    ]);
    expect(rows).toMatchObject([{ key: 'Gi1/0/3', alias: 'uplink', index: 3, inBits: 1, outBits: 2 }]);
    const [row] = rows;
    if (row === undefined) throw new Error('no row');
    expect(interfaceTraffic(row, 'inBits', false)).toBe(
      'max without (ifIndex, ifAlias) ((rate(interface_ifHCInOctets{$node,ifName="Gi1/0/3",ifTwin=""}[$window]) or ' +
        'rate(interface_ifInOctets{$node,ifName="Gi1/0/3",ifTwin=""}[$window])) * 8)',
    );
  });

  it('of hosts are known by the name of their agent, whatever is in it', () => {
    const [row] = joinInterfaces([
      { field: 'inBits', samples: [sample({ interface: 'Wi-Fi "2" \\' }, '1')] },
    ]);
    expect(row?.matcher).toBe(String.raw`interface="Wi-Fi \"2\" \\"`);
    if (row === undefined) throw new Error('no row');
    expect(interfaceTraffic(row, 'outBits', true)).toContain('rate(net_bytes_sent{$node,interface=');
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
