import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { DeliveryLedger, type Lane, type SequenceRange } from './delivery-ledger.ts';

function ledger(live = 1, keepMs = 120_000): DeliveryLedger {
  return new DeliveryLedger({ live, backlog: [], acknowledged: [], epoch: 'a' }, keepMs);
}

test('new data has its own lane while a backlog drains', () => {
  const delivery = ledger();
  delivery.demote(100);
  expect(delivery.next('backlog', 105)).toEqual({ from: 1, to: 100 });
  expect(delivery.next('live', 105)).toEqual({ from: 100, to: 105 });
});

test('a lane goes on behind what was acknowledged', () => {
  const delivery = ledger();
  delivery.demote(100);
  delivery.acknowledge('backlog', { from: 1, to: 40 }, 0, 'a');
  delivery.acknowledge('live', { from: 100, to: 103 }, 0, 'a');
  expect(delivery.next('backlog', 105)).toEqual({ from: 40, to: 100 });
  expect(delivery.next('live', 105)).toEqual({ from: 103, to: 105 });
});

test('a new epoch puts back what the old one acknowledged in the last two minutes, and nothing older', () => {
  const delivery = ledger();
  delivery.acknowledge('live', { from: 1, to: 10 }, 0, 'a');
  delivery.acknowledge('live', { from: 10, to: 20 }, 200_000, 'a');
  const { replayed } = delivery.acknowledge('live', { from: 20, to: 30 }, 300_000, 'b');
  expect(replayed).toEqual([{ from: 10, to: 20 }]);
  expect(delivery.next('backlog', 30)).toEqual({ from: 10, to: 20 });
  expect(delivery.next('live', 30)).toBeUndefined();
});

test('an answer of the old epoch that comes late is put back by the next of the new one', () => {
  const delivery = ledger();
  delivery.demote(50);
  delivery.acknowledge('live', { from: 50, to: 60 }, 1000, 'b');
  delivery.acknowledge('backlog', { from: 1, to: 10 }, 1001, 'a');
  delivery.acknowledge('live', { from: 60, to: 70 }, 1002, 'b');
  expect(delivery.isPending(1, 10)).toBe(true);
});

test('a segment is free only when nothing of it waits or is kept', () => {
  const delivery = ledger();
  delivery.acknowledge('live', { from: 1, to: 10 }, 0, 'a');
  expect(delivery.isFree(1, 10)).toBe(false);
  delivery.expire(200_000);
  expect(delivery.isFree(1, 10)).toBe(true);
  expect(delivery.isFree(1, 11)).toBe(false);
});

type Step =
  | { do: 'grow'; by: number }
  | { do: 'deliver'; lane: Lane; count: number; epoch: string }
  | { do: 'demote' }
  | { do: 'wait'; ms: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('grow' as const), by: fc.integer({ min: 1, max: 20 }) }),
  fc.record({
    do: fc.constant('deliver' as const),
    lane: fc.constantFrom<Lane>('live', 'backlog'),
    count: fc.integer({ min: 1, max: 15 }),
    epoch: fc.constantFrom('a', 'b', 'c'),
  }),
  fc.record({ do: fc.constant('demote' as const) }),
  fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 90_000 }) }),
);

test('whatever happens, every sequence is delivered, kept, or still waits; and all can be drained', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
      const delivery = ledger();
      const deliveredUnder = new Map<number, string>();
      let head = 1;
      let now = 0;
      let epoch = 'a';
      const deliver = (lane: Lane, range: SequenceRange, as: string) => {
        delivery.acknowledge(lane, range, now, as);
        if (as !== epoch) {
          epoch = as;
        }
        for (let i = range.from; i < range.to; i += 1) deliveredUnder.set(i, as);
      };
      for (const action of steps) {
        if (action.do === 'grow') head += action.by;
        if (action.do === 'demote') delivery.demote(head);
        if (action.do === 'wait') now += action.ms;
        if (action.do === 'deliver') {
          const range = delivery.next(action.lane, head);
          if (range) {
            deliver(
              action.lane,
              { from: range.from, to: Math.min(range.to, range.from + action.count) },
              action.epoch,
            );
          }
        }
        for (let i = 1; i < head; i += 1) {
          expect(deliveredUnder.has(i) || delivery.isPending(i, i + 1)).toBe(true);
        }
      }
      for (const lane of ['backlog', 'live'] as const) {
        for (let range = delivery.next(lane, head); range; range = delivery.next(lane, head)) {
          deliver(lane, range, epoch);
        }
      }
      expect(delivery.isPending(1, head)).toBe(false);
    }),
    { numRuns: 200 },
  );
});
