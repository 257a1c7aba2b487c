import { describe, expect, it } from 'vitest';
import { formMessages, type WaitingNotice } from './message-groups.ts';

const AT = new Date('2026-11-02T10:00:00Z');
const after = (seconds: number) => new Date(AT.getTime() + seconds * 1000);
const notice = (id: string, more: Partial<WaitingNotice> = {}): WaitingNotice => ({
  id,
  recipient: 'ada',
  alertId: id,
  isTest: false,
  createdAt: AT,
  ...more,
});
const NONE = new Map<string, Date>();

describe('messages', () => {
  it('wait two seconds for others of their cycle', () => {
    expect(formMessages([notice('1')], NONE, after(1.9))).toEqual({ messages: [], nextAt: after(2) });
    expect(formMessages([notice('1'), notice('2', { createdAt: after(1.9) })], NONE, after(2))).toEqual({
      messages: [{ ids: ['1', '2'] }],
      nextAt: undefined,
    });
  });

  it('are a minute apart for each recipient', () => {
    const last = new Map([['ada', after(-30)]]);
    const waiting = [notice('1'), notice('2', { recipient: 'bob' })];
    expect(formMessages(waiting, last, after(2))).toEqual({
      messages: [{ ids: ['2'] }],
      nextAt: after(30),
    });
    expect(formMessages(waiting, last, after(30)).messages.map(({ ids }) => ids)).toEqual([['1'], ['2']]);
  });

  it('do not wait for a clock that was set back to come again', () => {
    const waiting = [notice('1', { createdAt: after(3600) })];
    const last = new Map([['ada', after(3590)]]);
    expect(formMessages(waiting, last, AT).messages.map(({ ids }) => ids)).toEqual([['1']]);
  });

  it('hold at most a hundred alerts, and all of one alert', () => {
    const waiting = Array.from({ length: 250 }, (_, index) => notice(String(index)));
    const twice = notice('again', { alertId: '0', createdAt: after(1) });
    const { messages } = formMessages([...waiting, twice], NONE, after(2));
    expect(messages.map(({ ids }) => ids.length)).toEqual([101, 100, 50]);
    expect(messages[0]?.ids).toContain('again');
    expect(new Set(messages.flatMap(({ ids }) => ids)).size).toBe(251);
  });

  it('are made of a test at once, by itself', () => {
    const test = notice('test', { alertId: null, isTest: true });
    const last = new Map([['ada', AT]]);
    expect(formMessages([notice('1'), test], last, AT)).toEqual({
      messages: [{ ids: ['test'] }],
      nextAt: after(60),
    });
  });
});
