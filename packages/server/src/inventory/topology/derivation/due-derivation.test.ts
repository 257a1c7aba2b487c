import { describe, expect, it } from 'vitest';
import { DueDerivation } from './due-derivation.ts';

const mark = (...numbers: string[]) => ({
  reports: new Map(numbers.map((number, index) => [`node-${index}`, number])),
  surroundings: 'same',
});

describe('DueDerivation', () => {
  it('derives at once at first, and then not while nothing changes', () => {
    const due = new DueDerivation();
    expect(due.note(mark('1'), 0)).toBe(true);
    due.done(mark('1'), 0);
    expect(due.note(mark('1'), 3000)).toBe(false);
    expect(due.note(mark('1'), 599_000)).toBe(false);
    expect(due.note(mark('1'), 600_000)).toBe(true);
  });

  it('waits until a burst of reports is over, and no longer than 15 s', () => {
    const due = new DueDerivation();
    due.done(mark('1', '2'), 0);
    expect(due.note(mark('3', '2'), 10_000)).toBe(false);
    expect(due.note(mark('3', '4'), 11_000)).toBe(false);
    expect(due.note(mark('3', '4'), 12_900)).toBe(false);
    expect(due.note(mark('3', '4'), 13_000)).toBe(true);
    due.done(mark('3', '4'), 13_000);
    for (let second = 20; second < 35; second += 1) {
      expect(due.note(mark(`${second}`, '4'), second * 1000)).toBe(false);
    }
    expect(due.note(mark('99', '4'), 35_000)).toBe(true);
  });

  it('sees another number although a greater one was there before', () => {
    const due = new DueDerivation();
    // Numbers are given before they can be seen: a smaller one may become visible later.
    due.done(mark('3', '9'), 0);
    expect(due.note(mark('5', '9'), 1000)).toBe(false);
    expect(due.note(mark('5', '9'), 4000)).toBe(true);
  });

  it('derives when surroundings change, and after a reset', () => {
    const due = new DueDerivation();
    due.done(mark('1'), 0);
    due.note({ ...mark('1'), surroundings: 'other' }, 1000);
    expect(due.note({ ...mark('1'), surroundings: 'other' }, 4000)).toBe(true);
    due.done(mark('1'), 4000);
    due.reset();
    expect(due.note(mark('1'), 5000)).toBe(true);
  });
});
