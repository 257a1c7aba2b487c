import { describe, expect, it } from 'vitest';
import { dataAge } from './data-age.ts';
import { adviseCollection, describeCollection } from './node-words.ts';

const NOW = Date.UTC(2026, 0, 1);
const seen = (seconds: number) => new Date(NOW - seconds * 1000).toISOString();

describe('the age of data', () => {
  it('is fresh until three intervals were missed', () => {
    expect(dataAge(seen(39), NOW)).toEqual({ seconds: 39, stale: false });
    expect(dataAge(seen(41), NOW).stale).toBe(true);
    expect(dataAge(seen(41), NOW, 60).stale).toBe(false);
  });

  it('is not known while there was none', () => {
    expect(dataAge(null, NOW)).toEqual({ seconds: undefined, stale: true });
  });

  it('is never negative', () => {
    expect(dataAge(seen(-5), NOW).seconds).toBe(0);
  });
});

describe('the state of collection', () => {
  it('says authentication where it is authentication, not a timeout', () => {
    expect(describeCollection({ input: 'snmp', status: 'auth' })).toBe('SNMP authentication failed');
    expect(describeCollection({ input: 'ping', status: 'timeout' })).toBe('No answer to ping');
    expect(adviseCollection({ input: 'snmp', status: 'ok' })).toBeUndefined();
  });
});
