import {
  AnswerReport,
  compileOids,
  RequestBudget,
  type SnmpCounters,
  type SnmpErrorKind,
  SnmpTable,
} from '@stratora/snmp';
import { afterEach, describe, expect, test } from 'vitest';
import type { Behaviour } from './device-spec.ts';
import { PLAIN_BEHAVIOURS } from './device-spec.ts';
import { TestPlant } from './plant.test-support.ts';

const COLUMNS = compileOids(Array.from({ length: 22 }, (_, at) => `1.3.6.1.2.1.2.2.1.${at + 1}`));
const SYSTEM = compileOids(['1.3.6.1.2.1.1.1.0', '1.3.6.1.2.1.1.5.0']);

let plant = new TestPlant();
afterEach(async () => {
  await plant.end();
  plant = new TestPlant();
});

describe('a device that misbehaves', () => {
  test.each<readonly [Behaviour['kind'], SnmpErrorKind, keyof SnmpCounters | undefined]>([
    ['endless', 'limit', undefined],
    ['repeating', 'bad_answer', undefined],
    ['backwards', 'limit', undefined],
    ['wrongId', 'bad_answer', 'droppedUnknownId'],
    ['wrongVersion', 'bad_answer', 'droppedWrongVersion'],
    ['wrongCommunity', 'bad_answer', 'droppedWrongCommunity'],
    ['spoofed', 'bad_answer', 'droppedWrongSource'],
    ['garbage', 'bad_answer', 'droppedMalformed'],
    ['deep', 'bad_answer', 'droppedMalformed'],
    ['longLength', 'bad_answer', 'droppedMalformed'],
    ['empty', 'bad_answer', undefined],
    ['generalError', 'bad_answer', undefined],
    ['dead', 'timeout', undefined],
  ])('%s ends a walk with %s', async (kind, expected, counter) => {
    await plant.start({ behaviour: { kind } as Behaviour });
    const budget = new RequestBudget({ durationMs: 4_000, maxVarbinds: 20_000 });
    // A limit is reached by many answers, each of which has its time; so is the last column that is asked alone.
    const isLong = expected === 'limit' || kind === 'empty' || kind === 'generalError';
    const patience = isLong ? { timeoutMs: 4_000 } : {};
    const walk = plant
      .session(0, { retries: 0, ...patience })
      .walkTable(COLUMNS, new SnmpTable(), { budget });
    await expect(walk).rejects.toMatchObject({ name: 'SnmpError', kind: expected });
    if (counter !== undefined) expect(plant.manager.counters[counter]).toBeGreaterThan(0);
  });

  test('trailing octets are passed over', async () => {
    await plant.start({ behaviour: { kind: 'trailing' } });
    const table = new SnmpTable();
    await plant.session().walkTable(COLUMNS, table);
    expect(table.rowCount).toBe(4);
    expect(plant.manager.counters.droppedMalformed).toBe(0);
  });

  test.each(['longInteger', 'longOid'] as const)('%s costs the value alone', async (kind) => {
    await plant.start({ behaviour: { kind } });
    const table = new SnmpTable();
    const report = new AnswerReport();
    await plant.session().walkTable(COLUMNS, table, { report });
    expect(table.rowCount).toBe(4);
    expect(report.faults[0]).toMatchObject({ column: 0, isTaken: false });
    expect(report.openColumns).toBeUndefined();
  });

  test('that sends too many octets is stopped by the budget of octets', async () => {
    await plant.start({ behaviour: { kind: 'endless' } });
    const budget = new RequestBudget({ durationMs: 4_000, maxBytes: 100_000 });
    const walk = plant.session().walkTable(COLUMNS, new SnmpTable(), { budget });
    await expect(walk).rejects.toMatchObject({ kind: 'limit' });
    expect(plant.manager.counters.bytesReceived).toBeLessThan(200_000);
  });

  test('that answers slowly is stopped by the budget of time', async () => {
    await plant.start({ behaviour: { kind: 'slow', delayMs: 60 } });
    const session = plant.session(0, { version: 1, community: 'public' });
    const startedAt = performance.now();
    const walk = session.walkTable(COLUMNS, new SnmpTable(), {
      budget: new RequestBudget({ durationMs: 200 }),
    });
    await expect(walk).rejects.toMatchObject({ kind: 'limit' });
    expect(performance.now() - startedAt).toBeLessThan(6_500);
  });

  test('that answers just before the timeout is answered for', async () => {
    await plant.start({ behaviour: { kind: 'slow', delayMs: 300 } });
    await plant.session(0, { timeoutMs: 10_000 }).get(SYSTEM, () => undefined);
    expect(plant.manager.counters).toMatchObject({ retries: 0, timeouts: 0 });
  });

  test('keeps what came before it was stopped', async () => {
    await plant.start({ behaviour: { kind: 'endless' } });
    const table = new SnmpTable();
    const budget = new RequestBudget({ durationMs: 4_000, maxVarbinds: 500 });
    await expect(plant.session().walkTable(COLUMNS, table, { budget })).rejects.toMatchObject({
      kind: 'limit',
    });
    expect(table.rowCount).toBeGreaterThan(10);
  });

  test('with huge text is read whole, since cutting is the reader’s', async () => {
    await plant.start({ behaviour: { kind: 'oversize' }, maxReplyBytes: 60_000 });
    const [value] = await plant.session().getValues(['1.3.6.1.2.1.1.1.0']);
    expect(value?.value).toHaveProperty('length', 40_000);
  });
});

test('hostile and dead devices leave the others alone', async () => {
  const hostile = PLAIN_BEHAVIOURS.map((kind): Behaviour => ({ kind }));
  const dead = Array.from({ length: 20 }, (): Behaviour => ({ kind: 'dead' }));
  const healthy = 60;
  await plant.start(
    ...[...hostile, ...dead].map((behaviour) => ({ behaviour })),
    ...Array.from({ length: healthy }, () => ({})),
  );
  const bad = hostile.length + dead.length;
  const order: number[] = [];
  const poll = async (at: number): Promise<void> => {
    const session = plant.session(at, { timeoutMs: 1_000, retries: 1 });
    const durationMs = at < hostile.length ? 1_500 : 30_000;
    const budget = new RequestBudget({ durationMs, maxVarbinds: 5_000 });
    const table = new SnmpTable();
    await session.get(SYSTEM, () => undefined, { budget });
    await session.walkTable(COLUMNS, table, { budget });
    expect(table.rowCount).toBe(4);
  };
  const outcomes = await Promise.allSettled(
    plant.plant.devices.map((_, at) => poll(at).finally(() => order.push(at))),
  );
  const good = outcomes.slice(bad).filter((outcome) => outcome.status === 'fulfilled');
  expect(good).toHaveLength(healthy);
  // No poll waits behind a dead device: those are the last to end.
  const firstDead = order.findIndex((at) => at >= hostile.length && at < bad);
  expect(order.slice(0, firstDead).filter((at) => at >= bad)).toHaveLength(healthy);
  // Those that send one odd value in each answer are walked whole but for it, as are messages with octets behind them, and
  // those that come twice.
  expect(
    outcomes.slice(0, bad).filter((outcome) => outcome.status === 'fulfilled').length,
  ).toBeLessThanOrEqual(5);
});
