import { Counter, Gauge, type Registry } from 'prom-client';
import type { ByteBudget } from './byte-budget.ts';
import type { Screened } from './line-screen.ts';
import { REJECT_REASONS, type RejectedLines } from './reject-reason.ts';

/** The own metrics of ingest. */
export interface IngestMetrics {
  screened(result: Screened): void;
  /** Counts dropped lines. */
  dropped(lines: RejectedLines): void;
  /** Counts a write to the store. @param outcome `ok`, or the reason for which the store did not take it */
  written(outcome: string, samples: number): void;
}

export function createIngestMetrics(registry: Registry, budget: ByteBudget): IngestMetrics {
  const registers = [registry];
  const rejected = new Counter({
    name: 'stratora_ingest_rejected_lines_total',
    help: 'Lines dropped, by reason.',
    labelNames: ['reason'],
    registers,
  });
  for (const reason of REJECT_REASONS) rejected.inc({ reason }, 0);
  const lines = new Counter({
    name: 'stratora_ingest_lines_total',
    help: 'Good lines received.',
    registers,
  });
  const samples = new Counter({
    name: 'stratora_ingest_samples_total',
    help: 'Values that the store has acknowledged.',
    registers,
  });
  const writes = new Counter({
    name: 'stratora_ingest_bodies_total',
    help: 'Bodies handed to the store, by outcome.',
    labelNames: ['outcome'],
    registers,
  });
  exportBudget(registry, budget);
  const dropped = (result: RejectedLines) => {
    if (result.rejected === 0) return;
    for (const [index, reason] of REJECT_REASONS.entries()) {
      const count = result.rejectedByCode[index + 1] ?? 0;
      if (count > 0) rejected.inc({ reason }, count);
    }
  };
  return {
    dropped,
    screened(result) {
      lines.inc(result.lines + result.unstoredLines);
      dropped(result);
    },
    written(outcome, count) {
      writes.inc({ outcome });
      if (outcome === 'ok') samples.inc(count);
    },
  };
}

function exportBudget(registry: Registry, budget: ByteBudget): void {
  registry.registerMetric(
    new Gauge({
      name: 'stratora_ingest_in_flight_bytes',
      help: 'Bodies being read, checked or written.',
      registers: [],
      collect() {
        this.set(budget.usedBytes);
      },
    }),
  );
  registry.registerMetric(
    new Gauge({
      name: 'stratora_ingest_in_flight_limit_bytes',
      help: 'Bound of the bytes in flight.',
      registers: [],
      collect() {
        this.set(budget.limitBytes);
      },
    }),
  );
}
