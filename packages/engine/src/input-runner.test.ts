import { silentLogger } from '@stratora/runtime';
import { ManualClock } from '@stratora/testkit';
import { describe, expect, test } from 'vitest';
import { EngineStats } from './engine-stats.ts';
import { GatherError, type Input } from './input.ts';
import { InputRunner } from './input-runner.ts';
import { MetricBuffer } from './metric-buffer.ts';
import { MetricShape } from './metric-shape.ts';

/** 3.2 s past a full ten seconds. */
const START = Date.parse('2026-03-01T12:00:03.200Z');

function setUp(input: Input, schedule: { intervalMs?: number; jitterMs?: number; offsetMs?: number } = {}) {
  const clock = new ManualClock(START);
  const engineStats = new EngineStats();
  const stats = engineStats.addInput('cpu', undefined, 'cpu:1');
  const limits = { batchLines: 100, limitLines: 1000, limitBytes: 1e6 };
  const buffer = new MetricBuffer(limits, engineStats.output, () => undefined);
  const outcomes: string[] = [];
  const runner = new InputRunner({
    input,
    schedule: {
      intervalMs: 10_000,
      isRounded: true,
      jitterMs: 0,
      offsetMs: 0,
      jitterFraction: 0.5,
      ...schedule,
    },
    deadlineMs: 8000,
    precisionMs: 1000,
    firstGatherWithinMs: 10_000,
    shape: new MetricShape({ plugin: 'cpu', options: {} }, {}),
    buffer,
    stats,
    engineStats,
    clock,
    logger: silentLogger(),
    onStatus: (status, message) => outcomes.push(`${status} ${message}`.trim()),
  });
  return { clock, runner, stats, buffer, outcomes, engineStats };
}

/** An input that hangs until it is told to end. */
function hanging(): Input & { end: () => void; starts: number; aborts: number } {
  const input = {
    starts: 0,
    aborts: 0,
    end: () => undefined as void,
    gather: (_: unknown, signal: AbortSignal) => {
      input.starts += 1;
      signal.addEventListener('abort', () => {
        input.aborts += 1;
      });
      return new Promise<void>((resolve) => {
        input.end = resolve;
      });
    },
  };
  return input;
}

describe('the schedule of an input', () => {
  test('begins at whole multiples of the interval, moved by offset and its own place in the jitter', async () => {
    const times: string[] = [];
    const input: Input = {
      gather: async () => void times.push(new Date(clock.now()).toISOString().slice(17)),
    };
    const { clock, runner } = setUp(input, { jitterMs: 3000, offsetMs: 1000 });
    runner.start();
    await clock.advance(25_000);
    expect(times).toEqual(['12.500Z', '22.500Z']);
    await runner.stop();
    expect(clock.pendingTimers).toBe(0);
  });

  test('goes on after the wall clock was set back by an hour', async () => {
    let gathers = 0;
    const { clock, runner } = setUp({ gather: async () => void (gathers += 1) });
    runner.start();
    await clock.advance(10_000);
    clock.setNow(START - 3_600_000);
    await clock.advance(40_000);
    expect(gathers).toBeGreaterThanOrEqual(4);
    expect(gathers).toBeLessThanOrEqual(6);
    await runner.stop();
  });

  test('with an interval of minutes gathers once soon after the start', async () => {
    let gathers = 0;
    const { clock, runner } = setUp({ gather: async () => void (gathers += 1) }, { intervalMs: 300_000 });
    runner.start();
    await clock.advance(30_000);
    expect(gathers).toBe(1);
    await clock.advance(300_000);
    expect(gathers).toBe(2);
    await runner.stop();
  });
});

describe('a gather', () => {
  test('that hangs is aborted at its deadline, never overlaps with itself, and its intervals are counted', async () => {
    const input = hanging();
    const { clock, runner, stats, outcomes } = setUp(input);
    runner.start();
    await clock.advance(6_800);
    expect(input.starts).toBe(1);
    await clock.advance(20_000);
    expect(input).toMatchObject({ starts: 1, aborts: 1 });
    expect(stats.skipped).toBe(2);
    input.end();
    await clock.advance(10_000);
    expect(input.starts).toBe(2);
    expect(stats.timeouts).toBe(1);
    const leftOut = 'timeout The gather before has not ended; this interval is left out.';
    expect(outcomes).toEqual([leftOut, leftOut, 'ok']);
    const stopped = runner.stop();
    input.end();
    await stopped;
  });

  test('that fails keeps what it wrote and says why', async () => {
    const failures = [new GatherError('auth', 'wrong digest'), new Error('odd answer'), undefined];
    const { clock, runner, buffer, outcomes, stats } = setUp({
      gather: async (sink) => {
        sink.metric('m', {}, { a: 1 });
        const failure = failures.shift();
        if (failure !== undefined) throw failure;
      },
    });
    runner.start();
    await clock.advance(30_000);
    expect(outcomes).toEqual(['auth wrong digest', 'bad_answer odd answer', 'ok']);
    expect(buffer.lines).toBe(3);
    expect(stats).toMatchObject({ runs: 3, failures: 2, metrics: 3 });
    await runner.stop();
  });

  test('cannot write after it has settled', async () => {
    let late: (() => void) | undefined;
    const { clock, runner, buffer, engineStats } = setUp({
      gather: async (sink) => {
        late = () => sink.metric('m', {}, { a: 1 });
      },
    });
    runner.start();
    await clock.advance(10_000);
    late?.();
    expect(buffer.lines).toBe(0);
    expect(engineStats.total.lateWrites).toBe(1);
    await runner.stop();
  });

  test('has timestamps rounded to the nearest unit of its precision', async () => {
    const { clock, runner, buffer } = setUp(
      { gather: async (sink) => sink.metric('m', {}, { a: 1n }) },
      { offsetMs: 600 },
    );
    runner.start();
    await clock.advance(8000);
    const stamp = Date.parse('2026-03-01T12:00:11Z');
    expect(buffer.take()?.bytes.toString()).toBe(`m a=1i ${stamp}000000\n`);
    await runner.stop();
  });
});
