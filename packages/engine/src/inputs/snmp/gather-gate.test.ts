import { ManualClock } from '@stratora/testkit';
import { expect, test } from 'vitest';
import { GatherGate, type Place } from './gather-gate.ts';

const PLACES = 96;
const never = new AbortController().signal;

async function fill(gate: GatherGate): Promise<Place[]> {
  return Promise.all(Array.from({ length: PLACES }, () => gate.enter(never)));
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
}

test('who leaves makes room for the one that has waited longest', async () => {
  const gate = new GatherGate(new ManualClock());
  const [first] = await fill(gate);
  const order: number[] = [];
  for (const number of [1, 2]) void gate.enter(never).then(() => order.push(number));
  await settled();
  expect(order).toEqual([]);
  gate.leave(first as Place);
  await settled();
  expect(order).toEqual([1]);
});

test('a place that is held for long is given away, and leaving it then frees no second one', async () => {
  const clock = new ManualClock();
  const gate = new GatherGate(clock);
  const places = await fill(gate);
  let entered = 0;
  for (let count = 0; count < PLACES + 1; count += 1) {
    void gate.enter(never).then(() => {
      entered += 1;
    });
  }
  await clock.advance(200);
  await settled();
  expect(entered).toBe(PLACES);
  gate.leave(places[0] as Place);
  await settled();
  expect(entered).toBe(PLACES);
});

test('an abort ends the waiting at once', async () => {
  const gate = new GatherGate(new ManualClock());
  await fill(gate);
  const controller = new AbortController();
  const entering = gate.enter(controller.signal);
  controller.abort(new Error('stopped'));
  await expect(entering).rejects.toThrow('stopped');
});
