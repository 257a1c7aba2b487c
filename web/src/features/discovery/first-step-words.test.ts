import { describe, expect, it } from 'vitest';
import { firstStepOf } from './first-step-words.ts';

const devices = (change: Partial<Record<'new' | 'monitored' | 'ignored' | 'gone', number>> = {}) => ({
  new: 0,
  monitored: 0,
  ignored: 0,
  gone: 0,
  ...change,
});

describe('the first steps', () => {
  it('go from the scan to the import to the map', () => {
    expect(firstStepOf({ status: 'queued', devices: devices() }).step).toBe(1);
    expect(firstStepOf({ status: 'running', devices: devices({ new: 3 }) }).step).toBe(1);
    expect(firstStepOf({ status: 'done', devices: devices({ new: 1, monitored: 2 }) })).toEqual({
      step: 2,
      words: '1 device is new. Import them all, or select some.',
    });
    expect(firstStepOf({ status: 'done', devices: devices({ monitored: 60 }) }).step).toBe(3);
  });

  it('stay at the scan where nothing was found, and say what to do', () => {
    const { step, words } = firstStepOf({ status: 'failed', devices: devices() });
    expect(step).toBe(1);
    expect(words).toContain('Change the job');
  });
});
