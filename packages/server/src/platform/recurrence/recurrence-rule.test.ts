import { describe, expect, it } from 'vitest';
import { readRecurrenceRule } from './recurrence-rule.ts';

function faultOf(text: string): string {
  const read = readRecurrenceRule(text);
  return read.ok ? '' : read.fault;
}

describe('a recurrence rule', () => {
  it.each([
    'FREQ=DAILY',
    'rrule:freq=weekly;byday=mo,tu',
    'FREQ=MONTHLY;BYDAY=-1FR;',
    'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1',
    'FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;WKST=MO',
    'FREQ=DAILY;BYHOUR=22;BYMINUTE=0;BYSECOND=0',
    'FREQ=DAILY;COUNT=1000;INTERVAL=1000',
    'FREQ=DAILY;UNTIL=20280229',
  ])('%s is taken', (text) => {
    expect(faultOf(text)).toBe('');
  });

  it.each([
    ['', 'is no part of a rule'],
    ['FREQ', 'is no part of a rule'],
    ['BYDAY=MO', 'needs a FREQ'],
    ['FREQ=SECONDLY', 'FREQ=SECONDLY is not supported'],
    ['FREQ=MINUTELY', 'FREQ=MINUTELY is not supported'],
    ['FREQ=HOURLY', 'FREQ=HOURLY is not supported'],
    ['FREQ=OFTEN', 'FREQ must be'],
    ['FREQ=DAILY;FREQ=WEEKLY', 'FREQ stands there twice'],
    ['FREQ=DAILY;HUGO=1', 'HUGO is not known'],
    ['FREQ=DAILY;RSCALE=HEBREW', 'RSCALE is not known'],
    ['FREQ=DAILY;constructor=1', 'CONSTRUCTOR is not known'],
    ['FREQ=DAILY;INTERVAL=0', 'INTERVAL must be'],
    ['FREQ=DAILY;INTERVAL=99999999', 'INTERVAL must be'],
    ['FREQ=DAILY;COUNT=-1', 'COUNT must be'],
    ['FREQ=DAILY;COUNT=3;UNTIL=20270101', 'COUNT and UNTIL'],
    ['FREQ=DAILY;UNTIL=20270631', 'UNTIL must be'],
    ['FREQ=DAILY;UNTIL=soon', 'UNTIL must be'],
    ['FREQ=WEEKLY;BYDAY=XX', 'BYDAY must list'],
    ['FREQ=WEEKLY;BYDAY=2MO', 'BYDAY cannot number'],
    ['FREQ=MONTHLY;BYDAY=6MO', 'BYDAY may number days from 1 to 5'],
    ['FREQ=MONTHLY;BYDAY=0MO', 'BYDAY may number days'],
    ['FREQ=WEEKLY;BYMONTHDAY=1', 'BYMONTHDAY cannot stand'],
    ['FREQ=MONTHLY;BYYEARDAY=1', 'BYYEARDAY cannot stand'],
    ['FREQ=MONTHLY;BYMONTHDAY=32', 'BYMONTHDAY must list'],
    ['FREQ=MONTHLY;BYMONTHDAY=0', 'BYMONTHDAY must list'],
    ['FREQ=MONTHLY;BYSETPOS=1', 'BYSETPOS needs'],
    ['FREQ=DAILY;BYHOUR=24', 'BYHOUR must list'],
    ['FREQ=DAILY;BYSECOND=1,2', 'BYSECOND may list 1'],
    ['FREQ=DAILY;BYHOUR=0,6,12,18;BYMINUTE=0,5,10,15,20,25,30', 'make 28 begins a day; there may be 24'],
    ['DTSTART:20270101T000000Z\nRRULE:FREQ=DAILY', 'must be a single rule'],
    ['FREQ=YEARLY;BYWEEKNO=3;BYDAY=2MO', 'together with BYWEEKNO'],
  ])('%s is refused: %s', (text, words) => {
    expect(faultOf(text)).toContain(words);
  });

  it('has the end of a day as its last begin where UNTIL is a date', () => {
    const untilOf = (text: string) => {
      const read = readRecurrenceRule(`FREQ=DAILY;UNTIL=${text}`);
      return read.ok && read.rule.until && [read.rule.until.kind, new Date(read.rule.until.ms).toISOString()];
    };
    expect(untilOf('20271231')).toEqual(['wall', '2027-12-31T23:59:59.000Z']);
    expect(untilOf('20271231T220000')).toEqual(['wall', '2027-12-31T22:00:00.000Z']);
    expect(untilOf('20271231T220000Z')).toEqual(['instant', '2027-12-31T22:00:00.000Z']);
  });
});
