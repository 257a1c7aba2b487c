import { DISCOVERY_PACE, discoveryOptionsSchema } from '@stratora/contract';
import { describe, expect, it } from 'vitest';
import { DISCOVERY_DEFAULTS, neverWords, PACE_LIMITS, paceOf, sentWords } from './pace-choice.ts';

const ASKED = {
  pace: 'normal' as const,
  ping: true,
  tcp: true,
  snmp: true,
  http: true,
  dns: true,
  credentials: 1,
  ...PACE_LIMITS.normal,
};

describe('the pace of a scan', () => {
  it('is what the server takes where nothing is said', () => {
    const { usual, ot_safe: safe } = DISCOVERY_PACE;
    expect(PACE_LIMITS.normal).toEqual({
      all: usual.packets_per_second,
      host: usual.host_packets_per_second,
    });
    expect(PACE_LIMITS.ot_safe).toEqual({ all: safe.packets_per_second, host: safe.host_packets_per_second });
    expect(discoveryOptionsSchema.parse({})).toEqual(DISCOVERY_DEFAULTS);
  });

  it('is read back from the options', () => {
    expect(paceOf(DISCOVERY_DEFAULTS)).toBe('normal');
    expect(paceOf({ ...DISCOVERY_DEFAULTS, ot_safe: true, packets_per_second: 3 })).toBe('ot_safe');
    const gentle = { packets_per_second: 50, host_packets_per_second: 5 };
    expect(paceOf({ ...DISCOVERY_DEFAULTS, ...gentle })).toBe('gentle');
  });

  it('says what is sent and what is not', () => {
    expect(sentWords(ASKED)).toHaveLength(6);
    const safe = sentWords({ ...ASKED, pace: 'ot_safe', ...PACE_LIMITS.ot_safe });
    expect(safe[0]).toBe('At most 20 packets a second in all, 2 to one host.');
    expect(safe.join(' ')).not.toMatch(/TCP|web/);
    expect(neverWords({ ...ASKED, pace: 'ot_safe' })).toBe(
      'It never writes to a device, sends to the raw port of a printer, knocks at ports or asks for web pages.',
    );
    expect(neverWords(ASKED)).toBe('It never writes to a device or sends to the raw port of a printer.');
  });

  it('promises no SNMP without a credential', () => {
    expect(sentWords({ ...ASKED, credentials: 0 }).join(' ')).toContain('never guessed');
    expect(sentWords({ ...ASKED, credentials: 3 }).join(' ')).toContain('Each of the 3 credentials');
  });
});
