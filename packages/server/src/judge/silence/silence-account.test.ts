import { describe, expect, it } from 'vitest';
import { COMPONENT_LOST_MS, SilenceAccount } from './silence-account.ts';

const MINUTE = 60_000;
const START = 100 * MINUTE;

function listening(): SilenceAccount {
  const account = new SilenceAccount();
  account.begin(START);
  return account;
}

describe('SilenceAccount', () => {
  it('counts the silence of a component from when we began to listen', () => {
    const account = listening();
    expect(account.heardSince('c')).toBeUndefined();
    account.noteComponents([{ id: 'c', seenAt: START - 90 * MINUTE }], START + 5000);
    account.noteComponents([{ id: 'c', seenAt: START - 90 * MINUTE }], START + 5 * MINUTE);
    expect(account.heardSince('c')).toBe(START);
  });

  it('begins anew when a component that was lost is heard again', () => {
    const account = listening();
    account.noteComponents([{ id: 'c', seenAt: START }], START);
    const lostAt = START + COMPONENT_LOST_MS + 1;
    account.noteComponents([{ id: 'c', seenAt: START }], lostAt);
    expect(account.heardSince('c')).toBe(START);
    const backAt = lostAt + MINUTE;
    account.noteComponents([{ id: 'c', seenAt: backAt - 1000 }], backAt);
    expect(account.heardSince('c')).toBe(backAt);
  });

  it('goes on for a component whose pause was short', () => {
    const account = listening();
    account.noteComponents([{ id: 'c', seenAt: START }], START);
    account.noteComponents([{ id: 'c', seenAt: START }], START + COMPONENT_LOST_MS);
    account.noteComponents([{ id: 'c', seenAt: START + COMPONENT_LOST_MS }], START + COMPONENT_LOST_MS + 1);
    expect(account.heardSince('c')).toBe(START);
  });

  it('takes one failure of the store for a hiccup, and the second for an absence', () => {
    const account = listening();
    expect(account.noteStore(true, START)).toBe(true);
    expect(account.noteStore(false, START + 10_000)).toBe(false);
    expect(account.storeUpSince).toBe(START);
    expect(account.noteStore(false, START + 20_000)).toBe(true);
    expect(account.storeUpSince).toBeUndefined();
    expect(account.noteStore(true, START + 30_000)).toBe(true);
    expect(account.storeUpSince).toBe(START + 30_000);
  });

  it('forgets all when it begins again', () => {
    const account = listening();
    account.noteStore(true, START);
    account.noteComponents([{ id: 'c', seenAt: START }], START);
    account.begin(START + MINUTE);
    expect(account.storeUpSince).toBeUndefined();
    expect(account.heardSince('c')).toBeUndefined();
    account.noteComponents([{ id: 'c', seenAt: START }], START + MINUTE);
    expect(account.heardSince('c')).toBe(START + MINUTE);
  });
});
