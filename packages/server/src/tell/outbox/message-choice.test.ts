import { describe, expect, it } from 'vitest';
import { chooseMessages, type FormedNotice } from './message-choice.ts';

const AT = new Date('2026-11-02T10:00:00Z');
const after = (seconds: number) => new Date(AT.getTime() + seconds * 1000);
const notice = (key: string, alertId: string | null, more: Partial<FormedNotice> = {}): FormedNotice => ({
  key,
  alertId,
  recipient: 'ada',
  state: 'queued',
  dueAt: AT,
  leasedUntil: null,
  isFreshTest: false,
  ...more,
});
const sending = (until: Date): Partial<FormedNotice> => ({ state: 'sending', leasedUntil: until });

describe('the choice of messages', () => {
  it('takes as many as there is room for, those that wait longest first', () => {
    const notices = [
      notice('late', 'a', { dueAt: after(-1) }),
      notice('later', 'b', { dueAt: after(5) }),
      notice('early', 'c', { dueAt: after(-9) }),
    ];
    expect(chooseMessages(notices, 4, AT)).toEqual({ keys: ['early', 'late'], nextAt: after(5) });
    expect(chooseMessages(notices, 1, AT).keys).toEqual(['early']);
  });

  it('takes a message whose sender was lost when its lease ends', () => {
    const notices = [notice('lost', 'a', sending(AT)), notice('lost', 'b', sending(AT))];
    expect(chooseMessages(notices, 4, after(-1))).toEqual({ keys: [], nextAt: AT });
    expect(chooseMessages(notices, 4, AT).keys).toEqual(['lost']);
  });

  it('tells nothing of an alert while something before it is on its way, or waits', () => {
    const notices = [
      notice('first', 'a', sending(after(20))),
      notice('second', 'a'),
      notice('second', 'b'),
      notice('third', 'b'),
      notice('other', 'b', { recipient: 'bob' }),
    ];
    expect(chooseMessages(notices, 4, AT)).toEqual({ keys: ['other'], nextAt: after(20) });
    expect(chooseMessages(notices.slice(1), 4, AT).keys).toEqual(['second', 'other']);
  });

  it('keeps tests out of each other’s way', () => {
    const notices = [notice('1', null, sending(after(20))), notice('2', null)];
    expect(chooseMessages(notices, 4, AT).keys).toEqual(['2']);
  });
});
