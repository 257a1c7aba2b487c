import { describe, expect, it } from 'vitest';
import { suggestNetworks } from './network-suggestions.ts';

const host = (id: string, hostname: string, addresses: string[], registered = '2026-11-01T00:00:00Z') => ({
  id,
  hostname,
  ip_addresses: addresses,
  approval: 'approved' as const,
  registered_at: registered,
});

describe('networks to begin with', () => {
  it('are around the private addresses of the host that the server is on', () => {
    const components = [
      host('far', 'hall-3', ['10.9.0.4'], '2026-11-20T00:00:00Z'),
      host('c', 'mon', []),
      host('a', 'mon', ['192.168.7.20', '192.168.7.21', '203.0.113.9', 'fd00::1', '10.4.0.9']),
    ];
    expect(suggestNetworks(components, '')).toEqual([
      { network: '192.168.7.0/24', address: '192.168.7.20', host: 'mon' },
      { network: '10.4.0.0/24', address: '10.4.0.9', host: 'mon' },
    ]);
  });

  it('are those of the collector where one scans', () => {
    const components = [host('a', 'mon', ['192.168.7.20']), host('far', 'hall-3', ['10.9.0.4'])];
    expect(suggestNetworks(components, 'far').map(({ network }) => network)).toEqual(['10.9.0.0/24']);
    expect(suggestNetworks(components, 'gone')).toEqual([]);
  });

  it('are none of a component that nobody approved, and few', () => {
    const many = Array.from({ length: 9 }, (_, at) => `10.0.${at}.1`);
    expect(suggestNetworks([{ ...host('a', 'mon', many), approval: 'pending' }], '')).toEqual([]);
    expect(suggestNetworks([host('a', 'mon', many)], '')).toHaveLength(4);
    expect(suggestNetworks([], '')).toEqual([]);
  });
});
