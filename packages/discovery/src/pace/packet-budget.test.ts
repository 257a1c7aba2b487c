import { ManualClock } from '@stratora/testkit';
import { describe, expect, it } from 'vitest';
import { HostPace } from './host-pace.ts';
import { PacketBudget } from './packet-budget.ts';
import { PacketLedger } from './packet-ledger.ts';

async function takenIn(budget: PacketBudget, clock: ManualClock, seconds: number): Promise<number> {
  let taken = 0;
  const end = new AbortController();
  const take = async (): Promise<void> => {
    while (!end.signal.aborted) {
      await budget.take();
      taken += 1;
    }
  };
  const takers = [take(), take(), take()];
  for (let step = 0; step < seconds * 100; step += 1) await clock.advance(10);
  end.abort();
  const counted = taken;
  await clock.advance(60_000);
  await Promise.all(takers);
  return counted;
}

describe('the bucket of packets', () => {
  it.each([2, 50, 500])('gives %i packets in a second, however many ask', async (rate) => {
    const clock = new ManualClock();
    const budget = new PacketBudget({ packetsPerSecond: rate, clock });
    const taken = await takenIn(budget, clock, 4);
    expect(taken).toBeGreaterThanOrEqual(rate * 4 * 0.9);
    expect(taken).toBeLessThanOrEqual(rate * 4 + Math.max(1, rate / 40) + 1);
  });

  it('gives no burst after a pause', async () => {
    const clock = new ManualClock();
    const budget = new PacketBudget({ packetsPerSecond: 1000, clock });
    await clock.advance(60_000);
    let burst = 0;
    while (budget.tryTake()) burst += 1;
    expect(burst).toBeLessThanOrEqual(25);
  });

  it('lends a part of its rate, and gets it back once', async () => {
    const clock = new ManualClock();
    const budget = new PacketBudget({ packetsPerSecond: 100, clock });
    const takeBack = budget.lend(50);
    expect(await takenIn(budget, clock, 4)).toBeLessThanOrEqual(205);
    takeBack();
    takeBack();
    const full = await takenIn(budget, clock, 4);
    expect(full).toBeGreaterThan(350);
    expect(full).toBeLessThanOrEqual(405);
  });

  it('waits for packets that were sent without asking', async () => {
    const clock = new ManualClock();
    const budget = new PacketBudget({ packetsPerSecond: 10, clock });
    expect(budget.tryTake()).toBe(true);
    budget.spend(5);
    expect(budget.tryTake()).toBe(false);
    await clock.advance(550);
    expect(budget.tryTake()).toBe(false);
    await clock.advance(60);
    expect(budget.tryTake()).toBe(true);
  });

  it('serves those who wait although others take what they find', async () => {
    const clock = new ManualClock();
    const budget = new PacketBudget({ packetsPerSecond: 100, clock });
    while (budget.tryTake());
    const served: number[] = [];
    const waiting = Array.from({ length: 10 }, (_, at) => budget.take().then(() => served.push(at)));
    for (let step = 0; step < 100; step += 1) {
      await clock.advance(10);
      budget.tryTake();
    }
    expect(served).toHaveLength(10);
    await Promise.all(waiting);
  });

  it('ends all waiting with the reason of its signal', async () => {
    const controller = new AbortController();
    const budget = new PacketBudget({ packetsPerSecond: 0.1, signal: controller.signal });
    while (budget.tryTake());
    const waiting = budget.take();
    controller.abort(new Error('no more'));
    await expect(waiting).rejects.toThrow('no more');
    await expect(budget.take()).rejects.toThrow('no more');
  });
});

describe('the pace at a host', () => {
  it('keeps a distance between its packets, and holds up no other host', async () => {
    const clock = new ManualClock();
    const budget = new PacketBudget({ packetsPerSecond: 1000, clock });
    const pace = new HostPace({ budget, packetsPerSecond: 2, clock, signal: new AbortController().signal });
    const times: number[] = [];
    const host = { sentAt: Number.NEGATIVE_INFINITY };
    const turns = [1, 2, 3].map(() => pace.turn(host).then(() => times.push(clock.monotonic())));
    const other = pace.turn({ sentAt: Number.NEGATIVE_INFINITY });
    for (let step = 0; step < 200; step += 1) await clock.advance(10);
    await Promise.all([...turns, other]);
    expect(times).toHaveLength(3);
    for (const [at, time] of times.slice(1).entries())
      expect(time - (times[at] ?? 0)).toBeGreaterThanOrEqual(500);
  });
});

describe('the ledger', () => {
  it('tells each packet once, in pieces of any size', () => {
    const ledger = new PacketLedger();
    for (let at = 0; at < 5; at += 1) ledger.note(`10.0.0.${at}`, 'icmp_echo');
    ledger.note('10.0.0.1', 'icmp_echo', 2);
    ledger.note('10.0.0.1', 'tcp_443');
    ledger.note('10.0.0.9', 'dns_query', 0);
    expect([ledger.rows, ledger.packets]).toEqual([6, 8]);
    const rows = [...ledger.take(4), ...ledger.take(4), ...ledger.take(4)];
    expect(rows).toHaveLength(6);
    expect(rows).toContainEqual({ address: '10.0.0.1', kind: 'icmp_echo', packets: 3 });
    expect(ledger.rows).toBe(0);
    ledger.note('10.0.0.1', 'icmp_echo');
    expect(ledger.take(10)).toEqual([{ address: '10.0.0.1', kind: 'icmp_echo', packets: 1 }]);
  });
});
