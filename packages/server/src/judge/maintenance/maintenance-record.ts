import type { Database, Tx } from '../../platform/db/index.ts';
import { publishEvents } from '../../platform/events/index.ts';
import { inForceAt, periodChanges } from './maintenance-in-force.ts';
import type { PeriodChanges, WindowInForce } from './period.ts';
import { keepPeriods, listBegun, listOpenPeriods } from './period-queries.ts';
import type { WindowRow } from './window-row.ts';
import { advanceWindows } from './window-writing-queries.ts';

/** What is in force in a cycle of the evaluator, and what has to be written of it. */
export interface MaintenanceRecord {
  readonly windows: readonly WindowInForce[];
  /** Rows that go on to another occurrence. */
  readonly moved: readonly WindowRow[];
  readonly periods: PeriodChanges;
}

/** Most windows of one cycle of which browsers are told one by one. */
const EVENTS_MAX = 50;

/** Reads which windows are in force at a time. */
export async function readMaintenance(db: Database, now: number): Promise<MaintenanceRecord> {
  const [rows, open] = await Promise.all([listBegun(db, now), listOpenPeriods(db)]);
  const { windows, moved } = inForceAt(rows, now);
  return { windows, moved, periods: periodChanges(windows, open) };
}

/** Writes what a cycle found of windows: which occurrences begin and end with it. Browsers hear of these with the commit. */
export async function keepMaintenance(tx: Tx, { moved, periods }: MaintenanceRecord): Promise<void> {
  await advanceWindows(tx, moved);
  await keepPeriods(tx, periods);
  const begun = periods.begun.map(({ windowId: id }) => ({ id, change: 'began' }));
  const ended = periods.ended.map(({ window_id: id }) => ({ id, change: 'ended' }));
  await publishEvents(
    tx,
    [...begun, ...ended].slice(0, EVENTS_MAX).map((data) => ({ name: 'maintenance_changed' as const, data })),
  );
}
