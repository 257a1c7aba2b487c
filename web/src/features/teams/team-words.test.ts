import type { TeamMatch } from '@stratora/contract';
import { describe, expect, it } from 'vitest';
import { activeWords, matchWords, repeatWords, type TeamNames, toldWords } from './team-words.ts';

const NAMES: TeamNames = { site: (id) => id, group: (id) => id, definition: (id) => id, channel: (id) => id };
const ALL: TeamMatch = { severities: [], site_ids: [], group_ids: [], definition_ids: [] };

describe('the words of a team', () => {
  it('tell when it hears of alerts', () => {
    expect(activeWords({ active: { type: 'always' }, is_default: false })).toBe('Always');
    const active = {
      type: 'hours' as const,
      timezone: 'Europe/Berlin',
      windows: [
        { days: ['mo' as const, 'tu' as const, 'we' as const], from: '08:00', to: '17:00' },
        { days: ['sa' as const], from: '00:00', to: '24:00' },
      ],
    };
    expect(activeWords({ active, is_default: false })).toBe('Mon to Wed 08:00 to 17:00; Sat (Europe/Berlin)');
    expect(activeWords({ active, is_default: true })).toBe('Always');
  });

  it('tell which alerts it takes, and what the default team is for', () => {
    const of = (match: Partial<TeamMatch>, isDefault = false) =>
      matchWords({ match: { ...ALL, ...match }, is_default: isDefault }, NAMES);
    expect(of({})).toBe('All alerts');
    expect(of({}, true)).toBe('Whatever no other team takes');
    expect(of({ severities: ['warning', 'critical'], site_ids: ['Munich', 'Ulm'] })).toBe(
      'Critical or warning alerts at Munich or Ulm',
    );
    expect(of({ group_ids: ['a', 'b', 'c', 'd'] })).toBe('Alerts in 4 groups');
    expect(of({ group_ids: ['a'] }, true)).toBe('Whatever no other team takes');
  });

  it('tell whom a step tells', () => {
    expect(toldWords({}, NAMES.channel)).toBe('every channel that is on');
    expect(toldWords({ channel_ids: ['Mail', 'Slack'] }, NAMES.channel)).toBe('Mail and Slack');
    expect(toldWords({ on_call: 'next' }, NAMES.channel)).toBe('who is on call next');
    expect(toldWords({ on_call: 'current', channel_ids: ['Mail'] }, NAMES.channel)).toBe(
      'who is on call, and Mail',
    );
  });

  it('tell how often the last step is repeated', () => {
    expect(repeatWords(null)).toBe('The last step is not repeated.');
    expect(repeatWords({ every_seconds: 1800, times: 3 })).toBe(
      'The last step is repeated every 30 min, 3 times at most.',
    );
    expect(repeatWords({ every_seconds: 60, times: 1 })).toContain('once more');
  });
});
