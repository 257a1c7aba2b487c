import { describe, expect, it } from 'vitest';
import { ratesByPort, trafficExpression, trafficOf } from './link-traffic.ts';
import { endOf, linkOf } from './topology-sample.test-support.ts';

const sample = (labels: Record<string, string>, value: string) => ({
  metric: labels,
  value: [0, value] as const,
});
const line = (link: ReturnType<typeof linkOf>) => ({
  id: 'l',
  a: 'a',
  b: 'b',
  lane: 0,
  fan: { a: 0, b: 0 },
  crowd: { a: 1, b: 1 },
  link,
});

describe('the traffic of a link', () => {
  const incoming = ratesByPort([
    sample({ node_id: 'a', ifName: 'Gi1/0/1', ifDescr: 'GigabitEthernet1/0/1' }, '800'),
    sample({ node_id: 'b', interface: 'eth0' }, '90'),
    sample({ node_id: 'a', ifName: 'Gi1/0/9', ifAlias: 'Gi1/0/1' }, '7'),
  ]);
  const outgoing = ratesByPort([
    sample({ node_id: 'a', ifName: 'Gi1/0/1', ifDescr: 'GigabitEthernet1/0/1' }, '100'),
    sample({ node_id: 'a', ifName: 'Gi1/0/2' }, '50'),
    sample({ node_id: 'a', ifName: 'Gi1/0/3' }, 'NaN'),
  ]);

  it('is that of its ports, by any name that they have, and never by what is written on another', () => {
    const long = linkOf('l', endOf('a', 'GigabitEthernet1/0/1'), endOf('b', 'x'), { speed_bps: 1_000 });
    expect(trafficOf(line(long), incoming, outgoing)).toEqual({
      fromA: 100,
      fromB: 800,
      busiest: 800,
      share: 0.8,
    });
    const short = linkOf('l', endOf('a', 'gi1/0/1'), endOf('b', 'x'), { speed_bps: 1_000 });
    expect(trafficOf(line(short), incoming, outgoing)?.fromB).toBe(800);
  });

  it('is known from the other end where its own tells nothing', () => {
    const link = linkOf('l', endOf('a', 'Gi1/0/3'), endOf('b', 'eth0'), { speed_bps: null });
    expect(trafficOf(line(link), incoming, outgoing)).toEqual({
      fromA: 90,
      fromB: undefined,
      busiest: 90,
      share: undefined,
    });
  });

  it('of an aggregate is the sum of its cables', () => {
    const member = (port: string) => ({
      a_interface: port,
      b_interface: null,
      speed_bps: 1_000,
      state: 'up' as const,
    });
    const link = linkOf('l', endOf('a', 'Po1'), endOf('b'), {
      speed_bps: 2_000,
      members: [member('Gi1/0/1'), member('Gi1/0/2')],
    });
    expect(trafficOf(line(link), incoming, outgoing)?.fromA).toBe(150);
  });

  it('has no share where it is more than the line can carry, and is unknown where nobody measures', () => {
    const slow = linkOf('l', endOf('a', 'Gi1/0/1'), endOf('b'), { speed_bps: 10 });
    expect(trafficOf(line(slow), incoming, outgoing)?.share).toBeUndefined();
    expect(
      trafficOf(line(linkOf('l', endOf('x', 'p'), endOf('y', 'q'))), incoming, outgoing),
    ).toBeUndefined();
  });

  it('is asked for by node ids alone', () => {
    expect(trafficExpression(['a-1', 'b"} or {'], 'out')).toBe(
      '(rate(interface_ifHCOutOctets{node_id=~"a-1|bor"}[60s]) or rate(interface_ifOutOctets{node_id=~"a-1|bor"}[60s])' +
        ' or rate(net_bytes_sent{node_id=~"a-1|bor"}[60s])) * 8',
    );
  });
});
