import { describe, expect, test } from 'vitest';
import { createOutboundGuard, ownEndpoints } from './outbound-guard.ts';

const PLACES = {
  databaseUrl: 'postgres://stratora:secret@db.example:5433/stratora',
  internalPort: 41_001,
  publicUrl: 'https://monitor.example',
  metricsWriteUrl: 'http://10.0.0.7:8428',
  metricsReadUrl: 'http://[fd00::7]:8481/select/0/prometheus',
  tls: { host: '0.0.0.0', port: 8443 },
  outboundAllow: [],
};

describe('the ports of the product', () => {
  test('are those of its listeners, its database, its store and its front door', () => {
    expect(ownEndpoints(PLACES)).toEqual([
      { host: '127.0.0.1', port: 41_001 },
      { host: '0.0.0.0', port: 8443 },
      { host: 'db.example', port: 5433 },
      { host: '10.0.0.7', port: 8428 },
      { host: 'fd00::7', port: 8481 },
      { host: 'monitor.example', port: 443 },
    ]);
  });

  test('of a database that is reached by a socket is the usual one', () => {
    const places = { ...PLACES, databaseUrl: 'postgres://stratora@/stratora?host=/tmp', internalPort: 0 };
    expect(ownEndpoints(places)).toContainEqual({ host: 'localhost', port: 5432 });
    expect(ownEndpoints(places).some(({ port }) => port === 0)).toBe(false);
  });

  test('are refused with the name of the variable that could allow them', async () => {
    const guard = createOutboundGuard(PLACES);
    await expect(guard.resolve('10.0.0.7', { port: 8428 })).rejects.toThrow('STRATORA_OUTBOUND_ALLOW');
    expect(await guard.resolve('10.0.0.7', { port: 443 })).toEqual(['10.0.0.7']);
    const allowed = createOutboundGuard({ ...PLACES, outboundAllow: ['10.0.0.0/8'] });
    expect(await allowed.resolve('10.0.0.7', { port: 8428 })).toEqual(['10.0.0.7']);
  });
});
