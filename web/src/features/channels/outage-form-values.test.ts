import { describe, expect, it } from 'vitest';
import { minutesFault, secondsOf, toOutageBody, toOutageForm } from './outage-form-values.ts';

const KNOWN = { channels: [{ id: 'a' }, { id: 'b' }], collectors: [{ id: 'c' }] };

describe('the form of what collectors tell', () => {
  it('begins off, with five minutes', () => {
    const values = toOutageForm(null, KNOWN);
    expect(values).toEqual({ is_set: false, minutes: '5', channel_ids: [], collector_ids: [] });
    expect(toOutageBody(values)).toBeNull();
  });

  it('gives back what it was made of, but for what is gone', () => {
    const setting = { after_seconds: 90, channel_ids: ['a', 'gone'], collector_ids: null };
    const values = toOutageForm(setting, KNOWN);
    expect(values.minutes).toBe('1.5');
    expect(toOutageBody(values)).toEqual({ ...setting, channel_ids: ['a'] });
    expect(toOutageBody({ ...values, collector_ids: ['c'] })?.collector_ids).toEqual(['c']);
  });

  it.each([
    ['5', 300],
    [' 0,5 ', 30],
    ['1.5', 90],
    ['', Number.NaN],
    ['five', Number.NaN],
    ['-1', Number.NaN],
  ])('reads %j as %d s', (text, seconds) => {
    expect(secondsOf(text)).toBe(seconds);
  });

  it('says what is wrong with minutes', () => {
    expect(minutesFault('5')).toBeUndefined();
    expect(minutesFault('0.1')).toMatch(/^Between/);
    expect(minutesFault('1441')).toMatch(/^Between/);
    expect(minutesFault('x')).toMatch(/^Enter/);
  });
});
