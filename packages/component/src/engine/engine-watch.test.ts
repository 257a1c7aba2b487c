import { ManualClock } from '@stratora/testkit';
import { beforeEach, describe, expect, it } from 'vitest';
import { CPU_OVER_MS, MEMORY_OVER_MS } from './engine-limits.ts';
import { EngineWatch } from './engine-watch.ts';
import { type ProcessFigures, parseFigures, readProcessFigures } from './process-figures.ts';

const MIB = 1024 ** 2;
const LOOK_MS = 5000;

describe('a watched engine', () => {
  let clock: ManualClock;
  let figures: ProcessFigures | undefined;
  let watch: EngineWatch;
  const engine = { pid: 4711, startedAt: 0 };

  beforeEach(() => {
    clock = new ManualClock();
    engine.startedAt = clock.monotonic();
    figures = { memoryBytes: 50 * MIB, cpuMs: 0, isStopped: false, switches: 0 };
    watch = new EngineWatch({
      limits: { memoryBytes: 100 * MIB, cpuPercent: 80 },
      clock,
      read: async () => figures && { ...figures },
    });
  });

  /** Looks at it again and again; the first reason to start it anew, and after how long. */
  async function lookFor(durationMs: number, change: (now: ProcessFigures) => void = () => {}) {
    for (let passed = 0; passed <= durationMs; passed += LOOK_MS) {
      if (figures) change(figures);
      const reason = await watch.look(engine);
      if (reason !== undefined) return { reason, passed };
      await clock.advance(LOOK_MS);
    }
    return undefined;
  }
  const works = (now: ProcessFigures): void => {
    now.switches += 10;
  };

  it('is left alone while it works within its limits', async () => {
    expect(await lookFor(2 * CPU_OVER_MS, works)).toBeUndefined();
    expect(watch.figures).toEqual({ memoryBytes: 50 * MIB, cpuPercent: 0 });
  });

  it('is started anew when it holds too much memory for too long', async () => {
    const found = await lookFor(2 * MEMORY_OVER_MS, (now) => {
      works(now);
      now.memoryBytes = 150 * MIB;
    });
    expect(found?.reason).toContain('150 MiB of memory');
    expect(found?.passed).toBe(MEMORY_OVER_MS);
  });

  it('may hold more for a moment', async () => {
    let looks = 0;
    const found = await lookFor(10 * MEMORY_OVER_MS, (now) => {
      works(now);
      looks += 1;
      now.memoryBytes = looks % 5 === 0 ? 50 * MIB : 150 * MIB;
    });
    expect(found).toBeUndefined();
  });

  it('is started anew when it uses too much of the processor for too long', async () => {
    const found = await lookFor(2 * CPU_OVER_MS, (now) => {
      works(now);
      now.cpuMs += 0.9 * LOOK_MS;
    });
    expect(found?.reason).toContain('90 % of a processor core');
  });

  it('is started anew when it stands still, and says nothing', async () => {
    expect((await lookFor(60_000))?.reason).toBe('its process stands still');
  });

  it('is started anew when a signal has stopped it', async () => {
    const found = await lookFor(60_000, (now) => {
      now.isStopped = true;
    });
    expect(found?.reason).toBe('it was stopped by a signal');
  });

  it('does not stand still as long as it tells of itself', async () => {
    const found = await lookFor(120_000, () => {
      watch.noteLife();
    });
    expect(found).toBeUndefined();
  });

  it('is not judged by what the process before it did', async () => {
    await lookFor(30_000);
    engine.startedAt = clock.monotonic();
    const another = { ...engine, pid: 4712 };
    await clock.advance(LOOK_MS);
    expect(await watch.look(another)).toBeUndefined();
    expect(watch.figures?.cpuPercent).toBeUndefined();
  });

  it('is not there, or not told of by the system: nothing against it', async () => {
    expect(await watch.look(undefined)).toBeUndefined();
    expect(watch.figures).toBeUndefined();
    figures = undefined;
    expect(await lookFor(120_000)).toBeUndefined();
  });
});

describe('figures of a process', () => {
  it('are read past a name that holds anything', () => {
    const stat = '12 (a) b (c) S 1 12 12 0 -1 4194560 100 0 0 0 70 30 0 0 20 0 1 0 100 1000 10';
    const status =
      'Name:\ta\nVmRSS:\t    2048 kB\nvoluntary_ctxt_switches:\t7\nnonvoluntary_ctxt_switches:\t5\n';
    expect(parseFigures(stat, status)).toEqual({
      memoryBytes: 2 * MIB,
      cpuMs: 1000,
      isStopped: false,
      switches: 12,
    });
  });

  it('are none of a zombie', () => {
    expect(parseFigures('12 (a) Z 1', 'Name:\ta\n')).toBeUndefined();
  });

  it.skipIf(process.platform !== 'linux')('are those of this process', async () => {
    const own = await readProcessFigures(process.pid);
    expect(own?.isStopped).toBe(false);
    expect(own?.memoryBytes).toBeGreaterThan(10 * MIB);
    expect(own?.cpuMs).toBeGreaterThan(0);
  });
});
