import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planEscalation } from './escalation-plan.ts';

const BEGIN = Date.parse('2026-10-06T12:00Z');

describe('the plan of an escalation', () => {
  it('ends with its last instant', () => {
    const steps = [{ after_seconds: 0 }, { after_seconds: 60 }];
    const repeat = { every_seconds: 60, times: 5 };
    const until = BEGIN + 180_000;
    expect(planEscalation({ begin: BEGIN, steps, repeat, until })).toEqual([
      { at: BEGIN, event: 'triggered', step: 0, repeat: 0 },
      { at: BEGIN + 60_000, event: 'escalated', step: 1, repeat: 0 },
      { at: BEGIN + 120_000, event: 'repeated', step: 1, repeat: 1 },
      { at: BEGIN + 180_000, event: 'repeated', step: 1, repeat: 2 },
    ]);
    expect(planEscalation({ begin: BEGIN, steps, repeat, until: BEGIN - 1 })).toEqual([]);
  });

  it('has each step once, and as many repeats as there are, in the order of time', () => {
    const seconds = fc.integer({ min: 0, max: 604_800 });
    const steps = fc
      .array(seconds, { minLength: 1, maxLength: 20 })
      .map((all) => all.toSorted((a, b) => a - b).map((one) => ({ after_seconds: one })));
    const repeat = fc.option(
      fc.record({
        every_seconds: fc.integer({ min: 60, max: 604_800 }),
        times: fc.integer({ min: 1, max: 100 }),
      }),
    );
    fc.assert(
      fc.property(steps, repeat, (made, again) => {
        const plan = planEscalation({ begin: BEGIN, steps: made, repeat: again, until: Infinity });
        expect(plan.length).toBe(made.length + (again?.times ?? 0));
        expect(plan.filter(({ event }) => event === 'triggered').map(({ step }) => step)).toEqual([0]);
        const own = plan.slice(0, made.length);
        expect(own.map(({ step, repeat: number }) => [step, number])).toEqual(
          made.map((_, step) => [step, 0]),
        );
        const rest = plan.slice(made.length);
        expect(rest.every(({ event, step }) => event === 'repeated' && step === made.length - 1)).toBe(true);
        expect(rest.map(({ repeat: number }) => number)).toEqual(rest.map((_, index) => index + 1));
        const times = plan.map(({ at }) => at);
        expect(times).toEqual(times.toSorted((a, b) => a - b));
      }),
    );
  });
});
