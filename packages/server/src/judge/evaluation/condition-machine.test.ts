import { describe, expect, it } from 'vitest';
import {
  type ConditionRule,
  FLAPPING_WINDOW_MS,
  isForgettable,
  type Observation,
  stepCondition,
} from './condition-machine.ts';
import { type ConditionState, quietState } from './condition-state.ts';

const WARNING = 2;
const CRITICAL = 3;
const rule: ConditionRule = {
  durationMs: 60_000,
  clearAfterMs: 20_000,
  noData: 'hold',
  needsSeenGood: false,
  lowest: WARNING,
  highest: CRITICAL,
};

const good: Observation = { kind: 'value', fires: 0, holds: 0 };
const bad: Observation = { kind: 'value', fires: WARNING, holds: WARNING };
const worse: Observation = { kind: 'value', fires: CRITICAL, holds: CRITICAL };
/** Below the threshold to fire, above that to clear. */
const between: Observation = { kind: 'value', fires: 0, holds: WARNING };
const absent: Observation = { kind: 'absent' };
const blind: Observation = { kind: 'blind' };

/** Good, and no proof that it works. */
const idle: Observation = { ...good, isIdle: true };

/** A condition that is stepped every ten seconds. */
class Course {
  readonly state: ConditionState = quietState(0);
  readonly #rule: ConditionRule;
  now = 0;

  constructor(changes: Partial<ConditionRule> = {}) {
    this.#rule = { ...rule, ...changes };
  }

  /** Sees the same for a number of cycles. @returns what happened, with the second at which it did */
  see(seen: Observation, cycles = 1): string[] {
    const told: string[] = [];
    for (let cycle = 0; cycle < cycles; cycle += 1) {
      const last = this.now;
      this.now += 10_000;
      for (const event of stepCondition(this.state, this.#rule, seen, {
        now: this.now,
        last,
        wall: this.now,
      })) {
        const detail = 'level' in event ? ` ${event.level}` : '';
        told.push(`${this.now / 1000} ${event.kind}${detail}`);
      }
    }
    return told;
  }

  get isForgettable(): boolean {
    return isForgettable(this.state, this.#rule, { now: this.now, last: this.now, wall: 0 });
  }
}

describe('a condition', () => {
  it('fires once it was bad for the duration, and resolves once it was good for long enough', () => {
    const course = new Course();
    expect(course.see(bad, 6)).toEqual([]);
    expect(course.see(bad)).toEqual(['70 trigger 2']);
    expect(course.see(good, 2)).toEqual([]);
    expect(course.see(good)).toEqual(['100 resolve']);
  });

  it('waits anew once its series was gone for ten minutes, and not where nobody could know', () => {
    const gone = new Course();
    gone.see(bad, 4);
    gone.see(absent, 60);
    expect([gone.state.phase, gone.isForgettable]).toEqual(['pending', false]);
    gone.see(absent);
    expect([gone.state.phase, gone.isForgettable]).toEqual(['quiet', true]);
    expect(gone.see(bad, 7)).toEqual(['720 trigger 2']);
    const unknown = new Course();
    unknown.see(bad, 4);
    unknown.see(blind, 100);
    expect(unknown.see(bad, 3)).toEqual([]);
    expect(unknown.see(bad)).toEqual(['1080 trigger 2']);
  });

  it('remembers that it was seen good when its wait is over', () => {
    const course = new Course({ needsSeenGood: true });
    course.see(good);
    course.see(bad, 2);
    course.see(absent, 61);
    expect([course.state.phase, course.isForgettable]).toEqual(['quiet', false]);
  });

  it('fires in the first cycle where there is no duration', () => {
    expect(new Course({ durationMs: 0 }).see(worse)).toEqual(['10 trigger 3']);
  });

  it('begins anew after one good value', () => {
    const course = new Course();
    course.see(bad, 6);
    course.see(good);
    expect(course.see(bad, 6)).toEqual([]);
    expect(course.see(bad)).toEqual(['140 trigger 2']);
  });

  it('does not count time in which the series was away, or nobody could know', () => {
    for (const gap of [absent, blind]) {
      const course = new Course();
      course.see(bad, 4);
      expect(course.see(gap, 30)).toEqual([]);
      expect(course.see(bad, 3)).toEqual([]);
      expect(course.see(bad)).toEqual(['380 trigger 2']);
      course.see(good);
      expect(course.see(gap, 30)).toEqual([]);
      expect(course.see(good, 2)).toEqual([]);
      expect(course.see(good)).toEqual(['720 resolve']);
    }
  });

  it('neither fires nor resolves by what is away', () => {
    const course = new Course();
    course.see(bad, 7);
    expect(course.see(absent, 500)).toEqual([]);
    expect(course.see(blind, 500)).toEqual([]);
    expect(course.state.phase).toBe('firing');
  });

  it('goes on firing when it is bad again before it resolved', () => {
    const course = new Course();
    course.see(bad, 7);
    course.see(good, 2);
    course.see(bad);
    expect(course.see(good, 2)).toEqual([]);
    expect(course.see(good)).toEqual(['130 resolve']);
  });

  it('stays between the threshold to clear and that to fire', () => {
    const course = new Course();
    expect(course.see(between, 20)).toEqual([]);
    course.see(bad, 7);
    expect(course.see(between, 100)).toEqual([]);
    expect(course.state.phase).toBe('firing');
  });

  it('moves its severity in place: up after the duration, down after confirmed time below', () => {
    const course = new Course();
    expect(course.see(bad, 7)).toEqual(['70 trigger 2']);
    expect(course.see(worse, 6)).toEqual([]);
    expect(course.see(worse)).toEqual(['140 severity 3']);
    expect(course.see(bad, 2)).toEqual([]);
    expect(course.see(bad)).toEqual(['170 severity 2']);
  });

  it('has the higher severity at once when that held for the whole duration', () => {
    expect(new Course().see(worse, 7)).toEqual(['70 trigger 3']);
    const late = new Course();
    late.see(bad, 2);
    expect(late.see(worse, 7)).toEqual(['70 trigger 2', '90 severity 3']);
  });

  it('does not rise by time above that was interrupted', () => {
    const course = new Course();
    course.see(bad, 7);
    course.see(worse, 5);
    course.see(bad);
    expect(course.see(worse, 6)).toEqual([]);
    expect(course.see(worse)).toHaveLength(1);
  });

  it('does not alarm before it was once seen good, where the rule wants that', () => {
    const course = new Course({ needsSeenGood: true, durationMs: 0 });
    expect(course.see(bad, 50)).toEqual([]);
    course.see(good);
    expect(course.see(bad)).toEqual(['520 trigger 2']);
  });

  it('does not take for seen good what is switched off, which ends an alert nevertheless', () => {
    const course = new Course({ needsSeenGood: true, durationMs: 0 });
    expect(course.see(idle, 3)).toEqual([]);
    expect(course.see(bad, 3)).toEqual([]);
    course.see(good);
    expect([...course.see(bad), ...course.see(idle, 4)]).toEqual(['80 trigger 2', '110 resolve']);
  });
});

describe('a series that is gone', () => {
  it('counts as bad after the same duration, once it was good, where the rule says so', () => {
    const course = new Course({ noData: 'fire' });
    expect(course.see(absent, 30)).toEqual([]);
    course.see(good);
    expect(course.see(absent, 6)).toEqual([]);
    expect(course.see(absent)).toEqual(['380 trigger 3']);
    expect(course.see(good, 3)).toEqual(['410 resolve']);
  });

  it('keeps the severity of an alert that there is', () => {
    const course = new Course({ noData: 'fire' });
    course.see(good);
    course.see(bad, 7);
    expect(course.see(absent, 100)).toEqual([]);
    expect(course.state.level).toBe(WARNING);
  });

  it('makes its node unknown after the duration, where the rule says so', () => {
    const course = new Course({ noData: 'unknown' });
    course.see(good);
    course.see(absent, 6);
    expect(course.state.isMissing).toBe(false);
    course.see(blind, 50);
    expect(course.state.isMissing).toBe(false);
    course.see(absent, 2);
    expect(course.state.isMissing).toBe(true);
    course.see(good);
    expect(course.state.isMissing).toBe(false);
  });

  it('is forgotten after a day without an alert, and never with one', () => {
    const course = new Course({ noData: 'unknown' });
    course.see(good);
    expect(course.isForgettable).toBe(false);
    course.see(absent, 8641);
    expect(course.isForgettable).toBe(true);
    const firing = new Course();
    firing.see(bad, 7);
    firing.see(absent, 9000);
    expect(firing.isForgettable).toBe(false);
  });
});

describe('a condition that comes and goes', () => {
  /** Lets it fire and resolve until it is unstable; ends firing, at its fifth change. */
  function unstable(): Course {
    const course = new Course({ durationMs: 0, clearAfterMs: 0 });
    const told = [bad, good, bad, good, bad].flatMap((seen) => course.see(seen));
    expect(told.map((text) => text.split(' ')[1])).toEqual([
      'trigger',
      'resolve',
      'trigger',
      'resolve',
      'trigger',
      'flapping',
    ]);
    return course;
  }

  it('is one alert from the fifth change on, until it is calm', () => {
    const course = unstable();
    expect(course.see(good)).toEqual(['60 flapping']);
    expect(course.see(bad)).toEqual(['70 flapping']);
    expect(course.see(good)).toEqual(['80 flapping']);
    expect(course.see(good, FLAPPING_WINDOW_MS / 10_000 - 1)).toEqual([]);
    expect(course.see(good)).toEqual(['980 calm', '980 resolve']);
    expect(course.state.phase).toBe('quiet');
  });

  it('is calm, and still an alert, when it has stayed bad', () => {
    const course = unstable();
    expect(course.see(bad, FLAPPING_WINDOW_MS / 10_000 - 1)).toEqual([]);
    expect(course.see(bad)).toEqual(['950 calm']);
    expect(course.state.phase).toBe('firing');
  });

  it('is not calm by time in which nobody could know', () => {
    const course = unstable();
    expect(course.see(blind, 1000)).toEqual([]);
    expect(course.see(bad, FLAPPING_WINDOW_MS / 10_000)).toEqual([]);
    expect(course.see(bad)).toHaveLength(1);
  });

  it('does not count changes that are long ago', () => {
    const course = new Course({ durationMs: 0, clearAfterMs: 0 });
    for (let round = 0; round < 10; round += 1) {
      expect(course.see(bad)).toHaveLength(1);
      expect(course.see(bad, 30)).toEqual([]);
      expect(course.see(good)).toHaveLength(1);
      expect(course.see(good, 30)).toEqual([]);
    }
  });
});
