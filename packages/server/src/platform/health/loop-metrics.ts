import type { Clock, Periodic } from '@stratora/runtime';
import { Gauge, type Registry } from 'prom-client';

/** Exports the own metrics of loops. */
export function exportLoops(registry: Registry, loops: readonly Periodic[], clock: Clock): void {
  const facts: [string, string, (loop: Periodic) => number][] = [
    ['runs_total', 'Runs that were begun.', ({ stats }) => stats.runs],
    ['failures_total', 'Runs that failed.', ({ stats }) => stats.failures],
    [
      'missed_total',
      'Whole intervals that went by while a run was still going.',
      ({ stats }) => stats.missed,
    ],
    ['duration_seconds', 'Of the last run.', ({ stats }) => stats.durationMs / 1000],
    [
      'last_success_age_seconds',
      'Since the last run that went well; -1 before the first.',
      ({ stats }) => (stats.lastSuccessAt === undefined ? -1 : (clock.now() - stats.lastSuccessAt) / 1000),
    ],
  ];
  for (const [name, help, read] of facts) {
    const gauge = new Gauge({
      name: `stratora_loop_${name}`,
      help,
      labelNames: ['loop'],
      registers: [],
      collect() {
        for (const loop of loops) this.set({ loop: loop.name }, read(loop));
      },
    });
    registry.registerMetric(gauge);
  }
}

/** Exports a gauge whose value is read at each scrape. */
export function exportValue(registry: Registry, name: string, help: string, read: () => number): void {
  const gauge = new Gauge({
    name,
    help,
    registers: [],
    collect() {
      this.set(read());
    },
  });
  registry.registerMetric(gauge);
}

/** Whether a loop has done its work within the last `limitMs`, counted from `startedAt` before its first run. */
export function hasRecentSuccess(
  loop: Periodic,
  clock: Clock,
  limits: { startedAt: number; limitMs: number },
): boolean {
  return clock.now() - (loop.stats.lastSuccessAt ?? limits.startedAt) < limits.limitMs;
}
