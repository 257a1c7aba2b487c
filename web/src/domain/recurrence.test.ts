import { describe, expect, it } from 'vitest';
import { ONCE, readRule, writeRule } from './recurrence.ts';
import { recurrenceWords } from './recurrence-words.ts';

const SIMPLE: readonly (readonly [string, string])[] = [
  ['FREQ=DAILY', 'every day'],
  ['FREQ=DAILY;INTERVAL=3;COUNT=5', 'every 3 days, 5 times'],
  ['FREQ=WEEKLY;BYDAY=MO,FR', 'every week on Mon and Fri'],
  ['FREQ=WEEKLY;BYDAY=SU;INTERVAL=2;UNTIL=20271231', 'every 2 weeks on Sun, until 31 Dec 2027'],
  ['FREQ=MONTHLY;BYMONTHDAY=31', 'every month on day 31'],
  ['FREQ=MONTHLY;BYMONTHDAY=-1', 'every month on its last day'],
  ['FREQ=MONTHLY;BYDAY=-1SU;COUNT=1', 'every month on the last Sunday, once'],
  ['FREQ=MONTHLY;BYDAY=2TU;INTERVAL=6', 'every 6 months on the second Tuesday'],
];

describe('how a window recurs', () => {
  it('is the same rule after it was read and written, and is told in words', () => {
    for (const [rule, words] of SIMPLE) {
      expect(readRule(rule).repeat).not.toBe('rule');
      expect(writeRule(readRule(rule))).toBe(rule);
      expect(recurrenceWords(rule)).toBe(words);
    }
  });

  it('stays a rule of its own where no simple way says as much', () => {
    for (const rule of [
      'FREQ=YEARLY',
      'FREQ=WEEKLY',
      'FREQ=WEEKLY;BYDAY=MO;WKST=SU',
      'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1',
      'FREQ=MONTHLY;BYDAY=5MO',
      'FREQ=MONTHLY;BYMONTHDAY=1,15',
      'FREQ=DAILY;UNTIL=20271231T220000Z',
      'FREQ=DAILY;INTERVAL=0',
      'FREQ=DAILY;FREQ=WEEKLY',
      'nonsense',
    ]) {
      expect(readRule(rule)).toMatchObject({ repeat: 'rule', rule });
      expect(writeRule(readRule(rule))).toBe(rule);
      expect(recurrenceWords(rule)).toBe(`by the rule ${rule}`);
    }
  });

  it('is none for a window that comes once, and a rule may be written with its name before it', () => {
    expect(writeRule(ONCE)).toBeNull();
    expect(readRule(null)).toBe(ONCE);
    expect(recurrenceWords(null)).toBe('once');
    expect(writeRule({ ...ONCE, repeat: 'rule', rule: ' RRULE:FREQ=YEARLY ' })).toBe('FREQ=YEARLY');
    expect(readRule('RRULE:freq=daily').repeat).toBe('daily');
  });

  it('writes days in the order of the week, however they were chosen', () => {
    expect(writeRule({ ...ONCE, repeat: 'weekly', days: ['fr', 'mo'] })).toBe('FREQ=WEEKLY;BYDAY=MO,FR');
    expect(writeRule({ ...ONCE, repeat: 'daily', end: 'until', until: '2027-01-31' })).toBe(
      'FREQ=DAILY;UNTIL=20270131',
    );
  });
});
