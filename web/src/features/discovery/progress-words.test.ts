import { describe, expect, it } from 'vitest';
import { percentDone, progressWords } from './progress-words.ts';

describe('the progress of a run', () => {
  it('is said as it is', () => {
    expect(progressWords({ phase: null, done: 0, total: 0, found: 0 })).toBe('It has not begun');
    expect(progressWords({ phase: 'snmp', done: 1200, total: 4094, found: 58 })).toBe(
      'SNMP: 1,200 of 4,094 addresses, 58 devices found',
    );
    expect(progressWords({ phase: 'ping', done: 1, total: 1, found: 1 })).toBe(
      'Ping: 1 of 1 address, 1 device found',
    );
    expect(progressWords({ phase: 'crawl', done: 3, total: 0, found: 3 })).toBe(
      'Along the neighbours, 3 devices found',
    );
  });

  it('is never more than all, and unknown where nothing is counted', () => {
    expect(percentDone({ done: 999, total: 1000 })).toBe(99);
    expect(percentDone({ done: 12, total: 10 })).toBe(100);
    expect(percentDone({ done: 0, total: 0 })).toBeUndefined();
  });
});
