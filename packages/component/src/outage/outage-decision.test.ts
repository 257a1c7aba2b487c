import type { OutageEvent } from '@stratora/contract';
import { describe, expect, it } from 'vitest';
import { decideOutage, type OutageFacts } from './outage-decision.ts';
import type { Outage } from './outage-record.ts';

const LOOK_MS = 5_000;
const TIMING = { afterMs: 300_000, repeatMs: 3_600_000 };
const START = Date.parse('2026-03-29T00:00:00Z');

/** Looks one after the other, as the watch makes them. */
class Looks {
  current: Outage | null = null;
  readonly events: [minute: number, event: OutageEvent][] = [];
  ended: Outage | null = null;
  ids = 0;
  seconds = 0;
  now = START;

  look(changes: Partial<OutageFacts> = {}): void {
    this.seconds += LOOK_MS / 1000;
    this.now += LOOK_MS;
    const facts = {
      isHeard: false,
      elapsedMs: LOOK_MS,
      now: this.now,
      lastError: '',
      timing: TIMING,
      ...changes,
    };
    const { current, ended, event } = decideOutage(this.current, facts, () => `id-${(this.ids += 1)}`);
    this.current = current;
    this.ended = ended ?? this.ended;
    if (event !== null) this.events.push([this.seconds / 60, event]);
  }

  pass(seconds: number, changes: Partial<OutageFacts> = {}): void {
    for (let passed = 0; passed < seconds * 1000; passed += LOOK_MS) this.look(changes);
  }
}

describe('whether people are told that the server is away', () => {
  it('tells once after the set time, hourly from then on, and once when it is back', () => {
    const looks = new Looks();
    looks.pass(2 * 3600 + 600);
    looks.look({ isHeard: true });
    looks.pass(60, { isHeard: true });
    expect(looks.events).toEqual([
      [5, 'away'],
      [65, 'still_away'],
      [125, 'still_away'],
      [130 + 5 / 60, 'back'],
    ]);
    expect(looks.ended).toMatchObject({ id: 'id-1', since: '2026-03-29T00:00:00.000Z', told_ms: 7_500_000 });
    expect(looks.current).toBeNull();
  });

  it('tells nobody of a silence that is shorter, such as that of a restart', () => {
    const looks = new Looks();
    for (let round = 0; round < 5; round += 1) {
      looks.pass(295);
      looks.look({ isHeard: true });
    }
    expect(looks.events).toEqual([]);
    expect(looks.ended).toBeNull();
  });

  it('does not count time in which nobody listened: a host that slept, a process that stood still', () => {
    const looks = new Looks();
    looks.look({ elapsedMs: 8 * 3600 * 1000 });
    expect(looks.events).toEqual([]);
    expect(looks.current?.silent_ms).toBe(15_000);
  });

  it.each([-86_400_000, 86_400_000])('is not led astray by a wall clock that jumps by %d ms', (jump) => {
    const looks = new Looks();
    looks.pass(200);
    looks.now += jump;
    looks.pass(95);
    expect(looks.events).toEqual([]);
    looks.look();
    expect(looks.events).toEqual([[5, 'away']]);
  });

  it('goes on after a restart where it stood, and does not tell twice', () => {
    const looks = new Looks();
    looks.pass(200);
    looks.current = JSON.parse(JSON.stringify(looks.current)) as Outage;
    looks.pass(100);
    expect(looks.events).toHaveLength(1);
    looks.current = JSON.parse(JSON.stringify(looks.current)) as Outage;
    looks.pass(600);
    expect(looks.events).toHaveLength(1);
    looks.look({ isHeard: true });
    expect(looks.events.at(-1)?.[1]).toBe('back');
    expect(looks.ids).toBe(1);
  });

  it('tells nobody without orders, and begins to count when there are some', () => {
    const looks = new Looks();
    looks.pass(3600, { timing: null });
    expect(looks.current).toBeNull();
    looks.pass(295);
    expect(looks.events).toEqual([]);
    looks.look();
    expect(looks.events).toHaveLength(1);
  });

  it('keeps the last error that is known', () => {
    const looks = new Looks();
    looks.look({ lastError: 'refused' });
    looks.look();
    expect(looks.current?.last_error).toBe('refused');
  });
});
