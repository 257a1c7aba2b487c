import { describe, expect, it } from 'vitest';
import { AddressFence, AddressList, isHostAddress, readTargets } from './scan-targets.ts';

function all(targets: readonly string[], exclude: readonly string[] = []): string[] {
  const read = readTargets(targets, exclude);
  const list = new AddressList(read.ranges);
  return Array.from({ length: list.count }, (_, place) => list.at(place));
}

describe('the targets of a scan', () => {
  it('are addresses, ranges and networks of both families, without what is excluded', () => {
    expect(
      all(['10.0.0.0/29', '10.0.1.5', '10.0.2.1-3', '2001:db8::7'], ['10.0.0.3', '10.0.2.0/31']),
    ).toEqual([
      '10.0.0.1',
      '10.0.0.2',
      '10.0.0.4',
      '10.0.0.5',
      '10.0.0.6',
      '10.0.1.5',
      '10.0.2.2',
      '10.0.2.3',
      '2001:db8::7',
    ]);
  });

  it('have no network and broadcast address, but both addresses of a /31 and the one of a /32', () => {
    expect(all(['10.0.0.0/30'])).toEqual(['10.0.0.1', '10.0.0.2']);
    expect(all(['10.0.0.0/31'])).toEqual(['10.0.0.0', '10.0.0.1']);
    expect(all(['10.0.0.9/32'])).toEqual(['10.0.0.9']);
  });

  it('are counted before anything is made of them, and are 65,536 at most', () => {
    const { count, faults } = readTargets(['0.0.0.0/0'], []);
    expect(count).toBe(0);
    expect(faults.join()).toMatch(/have [\d,]+ addresses; a job scans 65,536 at most/);
    expect(readTargets(['10.0.0.0/16', '10.1.0.0-10.1.0.1'], []).faults).toEqual([]);
    expect(readTargets(['10.0.0.0/16', '10.1.0.0/29'], []).faults).toHaveLength(1);
    expect(readTargets(['10.0.0.0/15'], ['10.1.0.0/16']).count).toBe(65_535);
  });

  it('are never multicast, broadcast or the addresses of no host', () => {
    const { count, faults } = readTargets(
      ['224.0.0.0/28', '239.1.2.3', '0.0.0.5', '255.255.255.255', 'ff02::1'],
      [],
    );
    expect(count).toBe(0);
    expect(faults).toHaveLength(5);
    expect(faults[0]).toBe('"224.0.0.0/28" names multicast addresses, which are not scanned.');
    expect(all(['223.255.255.254-224.0.0.1'])).toEqual(['223.255.255.254', '223.255.255.255']);
  });

  it('name each entry that cannot be read, and scan the others', () => {
    const { count, faults } = readTargets(
      ['10.0.0.1', 'switch', '10.0.0.9-10.0.0.2', '; id'],
      ['10.0.0.300'],
    );
    expect(count).toBe(1);
    expect(faults.map((fault) => fault.split('"')[1])).toEqual([
      'switch',
      '10.0.0.9-10.0.0.2',
      '; id',
      '10.0.0.300',
    ]);
  });
});

describe('a fence', () => {
  it('has its networks with their ends, and nothing of the other family', () => {
    const fence = new AddressFence(['10.0.0.0/24', '2001:db8::/64', 'nonsense']);
    expect(
      ['10.0.0.0', '10.0.0.255', '10.0.1.0', '2001:db8::9', '2001:db9::', 'x'].map((one) => fence.has(one)),
    ).toEqual([true, true, false, true, false, false]);
    expect(['10.0.0.1', '224.0.0.1', '0.1.2.3', 'fe80::1', 'ff02::1', 'x'].map(isHostAddress)).toEqual([
      true,
      false,
      false,
      true,
      false,
      false,
    ]);
  });
});
