import { DISCOVERY_PHASES, DISCOVERY_STATUSES, LEDGER_KINDS } from '@stratora/contract';
import { describe, expect, it } from 'vitest';
import {
  changeWords,
  hoursWords,
  jobState,
  packetKindName,
  phaseName,
  runState,
  scannerName,
  scheduleWords,
  targetWords,
} from './job-words.ts';
import { DISCOVERY_DEFAULTS } from './pace-choice.ts';

describe('a discovery job in words', () => {
  it('has a word for every state, phase and kind of packet', () => {
    for (const status of DISCOVERY_STATUSES) expect(runState({ status }).label).toMatch(/^[A-Z]/);
    for (const phase of DISCOVERY_PHASES) expect(phaseName(phase)).toMatch(/^[A-Z]/);
    for (const kind of LEDGER_KINDS) expect(packetKindName(kind)).not.toContain('_');
    expect(packetKindName('arp_reply')).toBe('arp reply');
    expect(packetKindName('tcp_443')).toBe('TCP to port 443');
    expect(packetKindName('snmp_v2c_probe')).toBe('SNMP v2c first question');
    expect(packetKindName('snmp_toString')).toBe('snmp toString');
  });

  it('that never ran is not done', () => {
    expect(jobState({ status: 'done', run: null })).toEqual({ label: 'Not run yet', tone: 'neutral' });
    expect(jobState({ status: 'queued', run: null }).label).toBe('Waiting');
  });

  it('names the first of its targets', () => {
    const targets = ['10.0.0.0/24', '10.1.0.7', '10.2.0.1-50', '10.3.0.1', '10.4.0.1'];
    expect(targetWords({ targets: targets.slice(0, 2), crawl: null })).toBe('10.0.0.0/24, 10.1.0.7');
    expect(targetWords({ targets, crawl: null })).toBe('10.0.0.0/24, 10.1.0.7, 10.2.0.1-50 and 2 more');
    const crawl = { seed: 'core-1', fence: ['10.0.0.0/8'], depth: 1, devices_max: 9 };
    expect(targetWords({ targets: [], crawl })).toBe(
      'From core-1 along its neighbours, 1 step far, within 10.0.0.0/8',
    );
  });

  it('says who scans, and when', () => {
    expect(scannerName({ collector_id: null, collector_name: null })).toBe('The server');
    expect(scannerName({ collector_id: 'x', collector_name: 'hall 3' })).toBe('hall 3');
    expect(scannerName({ collector_id: 'x', collector_name: null })).toBe('A collector that is gone');
    expect(scheduleWords({ schedule: null })).toBe('only when asked');
    expect(scheduleWords({ schedule: { rrule: 'FREQ=WEEKLY;BYDAY=SU', timezone: 'UTC' } })).toBe(
      'every week on Sun',
    );
    expect(hoursWords(DISCOVERY_DEFAULTS)).toBe('at any time');
    const hours = { timezone: 'UTC', days: ['mo' as const, 'tu' as const], from: '22:00', to: '04:00' };
    expect(hoursWords({ ...DISCOVERY_DEFAULTS, hours })).toBe('Mon and Tue, 22:00 to 04:00 (UTC)');
  });

  it('says what its last run changed', () => {
    expect(changeWords({ changes: { new: 58, changed: 2, gone: 0, back: 1 } })).toBe(
      '58 new, 2 changed, 1 back',
    );
    expect(changeWords({ changes: { new: 0, changed: 0, gone: 0, back: 0 } })).toBe('nothing changed');
  });
});
