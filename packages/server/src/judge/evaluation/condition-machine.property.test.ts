import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Level } from '../rules/index.ts';
import { type ConditionRule, type Observation, stepCondition } from './condition-machine.ts';
import { isActive, quietState } from './condition-state.ts';

const seen: fc.Arbitrary<Observation> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Observation>({ kind: 'value', fires: 2, holds: 2 }) },
  { weight: 2, arbitrary: fc.constant<Observation>({ kind: 'value', fires: 3, holds: 3 }) },
  { weight: 4, arbitrary: fc.constant<Observation>({ kind: 'value', fires: 0, holds: 0 }) },
  { weight: 1, arbitrary: fc.constant<Observation>({ kind: 'value', fires: 0, holds: 2 }) },
  { weight: 2, arbitrary: fc.constant<Observation>({ kind: 'absent' }) },
  { weight: 2, arbitrary: fc.constant<Observation>({ kind: 'blind' }) },
);
/** Sightings with the time to each from the one before, in milliseconds. */
const course = fc.array(
  fc.record({ stepMs: fc.integer({ min: 1, max: 15_000 }), seen, repeats: fc.integer({ min: 1, max: 12 }) }),
  { maxLength: 40 },
);
const anyRule: fc.Arbitrary<ConditionRule> = fc.record({
  durationMs: fc.integer({ min: 0, max: 90_000 }),
  clearAfterMs: fc.integer({ min: 0, max: 60_000 }),
  noData: fc.constantFrom('hold' as const, 'unknown' as const),
  needsSeenGood: fc.boolean(),
  lowest: fc.constant<Level>(2),
  highest: fc.constant<Level>(3),
});

/** Time that two sightings of the same kind next to each other confirm; others begin anew or stand still. */
class Confirmed {
  ms = 0;
  #isRunning = false;

  note(kind: 'same' | 'other' | 'none', stepMs: number): void {
    if (kind === 'same' && this.#isRunning) this.ms += stepMs;
    if (kind === 'other') this.ms = 0;
    this.#isRunning = kind === 'same';
  }
}

const kindOf = (observation: Observation, wanted: 'bad' | 'good'): 'same' | 'other' | 'none' => {
  if (observation.kind !== 'value') return 'none';
  const is = wanted === 'bad' ? observation.fires > 0 : observation.holds === 0;
  return is ? 'same' : 'other';
};

it('a condition fires and resolves by confirmed time alone, whatever the order of what cannot be known', () => {
  fc.assert(
    fc.property(anyRule, course, (rule, steps) => {
      const state = quietState(0);
      const [bad, good] = [new Confirmed(), new Confirmed()];
      let now = 0;
      let wasGood = false;
      for (const { stepMs, seen: observation, repeats } of steps) {
        for (let repeat = 0; repeat < repeats; repeat += 1) {
          const last = now;
          now += stepMs;
          bad.note(kindOf(observation, 'bad'), stepMs);
          good.note(kindOf(observation, 'good'), stepMs);
          const wasActive = isActive(state);
          const events = stepCondition(state, rule, observation, { now, last, wall: now });
          for (const { kind } of events) {
            if (kind === 'trigger') {
              expect(wasActive).toBe(false);
              expect(bad.ms).toBeGreaterThanOrEqual(rule.durationMs);
              expect(wasGood || !rule.needsSeenGood).toBe(true);
            }
            if (kind === 'resolve') {
              expect(wasActive).toBe(true);
              expect(good.ms).toBeGreaterThanOrEqual(rule.clearAfterMs);
            }
          }
          if (observation.kind !== 'value') expect(events).toEqual([]);
          if (observation.kind === 'value' && observation.fires === 0) wasGood = true;
          if (bad.ms >= rule.durationMs && kindOf(observation, 'bad') === 'same')
            expect(isActive(state) || (rule.needsSeenGood && !state.isSeenGood)).toBe(true);
        }
      }
    }),
    { numRuns: 500 },
  );
});
