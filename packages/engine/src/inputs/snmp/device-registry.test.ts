import { NameLookup } from '@stratora/runtime';
import { ManualClock } from '@stratora/testkit';
import { afterEach, describe, expect, test } from 'vitest';
import { DeviceRegistry } from './device-registry.ts';

const DEVICE = '192.0.2.1 161';
const clock = new ManualClock();
const names = new NameLookup({ clock });
let registry = new DeviceRegistry(clock, names);

afterEach(async () => {
  await registry.stop();
  registry = new DeviceRegistry(clock, names);
});

describe('the budget of a device', () => {
  const [fields, table] = [{}, {}];

  test('is shared by blocks of one interval that start together', () => {
    registry.holdDevice(DEVICE);
    const budget = registry.budgetOf(DEVICE, { intervalMs: 60_000 }, fields);
    expect(registry.budgetOf(DEVICE, { intervalMs: 60_000 }, table)).toBe(budget);
    expect(registry.budgetOf(DEVICE, { intervalMs: 30_000 }, {})).not.toBe(budget);
  });

  test('is a new one when a block comes again, be it soon after its first poll', async () => {
    registry.holdDevice(DEVICE);
    const first = registry.budgetOf(DEVICE, { intervalMs: 60_000 }, table);
    registry.budgetOf(DEVICE, { intervalMs: 60_000 }, fields);
    await clock.advance(7_000);
    const second = registry.budgetOf(DEVICE, { intervalMs: 60_000 }, fields);
    expect(second).not.toBe(first);
    expect(registry.budgetOf(DEVICE, { intervalMs: 60_000 }, table)).toBe(second);
  });

  test('has room for 10,000 interfaces of 18 columns', () => {
    const budget = registry.budgetOf(DEVICE, { intervalMs: 60_000 }, table);
    for (let value = 0; value < 180_000; value += 1) budget.takeVarbind();
    budget.takeBytes(180_000 * 40);
    expect(budget.varbindsLeft).toBeGreaterThan(0);
  });
});
