import {
  type HeldAlerts,
  type MaintenanceCalendar,
  type MaintenanceCalendarQuery,
  type MaintenancePreview,
  type MaintenanceWindow,
  type MaintenanceWindowListQuery,
  type PreviewMaintenance,
  scopeIdFaults,
  type UpdateMaintenanceWindow,
  type WrittenWindow,
} from '@stratora/contract';
import type { Clock } from '@stratora/runtime';
import { type Actor, appendAudit, once } from '../../platform/audit/index.ts';
import { brokenConstraint, type Database, type Tx } from '../../platform/db/index.ts';
import { publishEvents } from '../../platform/events/index.ts';
import { appError, changedFields, isEmpty, notFound, type Precondition } from '../../platform/http/index.ts';
import { hasPlace, notValid } from '../rules/index.ts';
import { listHeldAlerts } from './held-queries.ts';
import { readCalendar } from './window-calendar.ts';
import { timeFaults } from './window-faults.ts';
import { previewOf } from './window-preview.ts';
import { findWindow, listWindows } from './window-queries.ts';
import { occurrencesAt, toWindow, type WindowRow } from './window-row.ts';
import { freshRow, occurrenceColumns, TIME_FIELDS, timesOf } from './window-times.ts';
import { deleteWindow, insertWindow, lockWindow, writeWindow } from './window-writing-queries.ts';

export interface WindowServiceOptions {
  db: Database;
  clock: Pick<Clock, 'now'>;
}

/** The service of maintenance windows, as people write them. */
export class WindowService {
  readonly #db: Database;
  readonly #clock: Pick<Clock, 'now'>;

  constructor({ db, clock }: WindowServiceOptions) {
    this.#db = db;
    this.#clock = clock;
  }

  list(query: MaintenanceWindowListQuery) {
    return listWindows(this.#db, query, this.#clock.now());
  }

  async get(id: string): Promise<MaintenanceWindow> {
    return this.#shown(await getRow(this.#db, id));
  }

  /** Shows the next occurrences of what is not saved yet. @throws AppError validation_failed */
  preview({ from, ...fields }: PreviewMaintenance): MaintenancePreview {
    const faults = timeFaults(fields);
    if (faults.length > 0) throw notValid(faults);
    return previewOf(timesOf(fields), from === undefined ? this.#clock.now() : Date.parse(from));
  }

  /** Shows what takes place between two times, of all windows. */
  calendar(query: MaintenanceCalendarQuery): Promise<MaintenanceCalendar> {
    return readCalendar(this.#db, query, this.#clock.now());
  }

  /** Lists what a window held back in its running or its last occurrence. */
  async held(id: string): Promise<HeldAlerts> {
    await getRow(this.#db, id);
    return listHeldAlerts(this.#db, id);
  }

  create(actor: Actor, written: WrittenWindow): Promise<MaintenanceWindow> {
    return this.#write(actor, async (tx) => {
      await requireSound(tx, written);
      const occurrences = occurrenceColumns(timesOf(written), this.#clock.now());
      const id = await insertWindow(tx, { written, endedEarlyAt: null, occurrences }, actor.name);
      await this.#note(tx, id, 'created');
      const made = this.#shown(await getRow(tx, id));
      await appendAudit(tx, actor, {
        action: 'maintenance_window.create',
        ...objectOf(made),
        detail: { name: made.name, scope: made.scope, ...timesIn(made) },
      });
      return made;
    });
  }

  update(
    actor: Actor,
    id: string,
    input: UpdateMaintenanceWindow,
    match?: Precondition<MaintenanceWindow>,
  ): Promise<MaintenanceWindow> {
    return this.#write(actor, async (tx) => {
      const row = await this.#lock(tx, id);
      const before = this.#shown(row);
      match?.(before);
      const change = changedFields(before, input);
      if (isEmpty(change)) return before;
      const written = { ...writtenOf(before), ...(change as Partial<WrittenWindow>) };
      await requireSound(tx, written);
      // Somebody who writes other times means those: what was ended before is begun anew by them.
      const isMoved = TIME_FIELDS.some((field) => field in change);
      const endedEarlyAt = isMoved ? null : row.ended_early_at;
      const occurrences = occurrenceColumns(timesOf(written, endedEarlyAt), this.#clock.now());
      await writeWindow(tx, id, { written, endedEarlyAt, occurrences });
      await this.#note(tx, id, 'updated');
      const after = this.#shown(await getRow(tx, id));
      await appendAudit(tx, actor, {
        action: 'maintenance_window.update',
        ...objectOf(after),
        detail: { name: before.name, changed: change },
      });
      return after;
    });
  }

  /**
   * Ends the occurrence that is running; a recurring window goes on with its next one.
   * @throws AppError invalid_state where none is running
   */
  end(actor: Actor, id: string, match?: Precondition<MaintenanceWindow>): Promise<MaintenanceWindow> {
    return this.#write(actor, async (tx) => {
      const row = await this.#lock(tx, id);
      const before = this.#shown(row);
      match?.(before);
      const now = this.#clock.now();
      if (occurrencesAt(row, now).current === undefined) {
        throw appError('invalid_state', 'No occurrence of this window is running.');
      }
      const written = writtenOf(before);
      const endedEarlyAt = new Date(now);
      const occurrences = occurrenceColumns(timesOf(written, endedEarlyAt), now);
      await writeWindow(tx, id, { written, endedEarlyAt, occurrences });
      await this.#note(tx, id, 'updated');
      await appendAudit(tx, actor, {
        action: 'maintenance_window.end',
        ...objectOf(before),
        detail: { name: before.name, planned_end: before.current_ends_at },
      });
      return this.#shown(await getRow(tx, id));
    });
  }

  delete(actor: Actor, id: string, match?: Precondition<MaintenanceWindow>): Promise<void> {
    return this.#write(actor, async (tx) => {
      const before = this.#shown(await this.#lock(tx, id));
      match?.(before);
      await deleteWindow(tx, id);
      await this.#note(tx, id, 'deleted');
      await appendAudit(tx, actor, {
        action: 'maintenance_window.delete',
        ...objectOf(before),
        detail: { name: before.name, scope: before.scope, was_active: before.active },
      });
    });
  }

  #shown(row: WindowRow): MaintenanceWindow {
    const now = this.#clock.now();
    return toWindow(freshRow(row, now), now);
  }

  async #lock(tx: Tx, id: string): Promise<WindowRow> {
    if (!(await lockWindow(tx, id))) throw missing();
    return freshRow(await getRow(tx, id), this.#clock.now());
  }

  async #note(tx: Tx, id: string, change: 'created' | 'updated' | 'deleted'): Promise<void> {
    await publishEvents(tx, [{ name: 'maintenance_changed', data: { id, change } }]);
  }

  async #write<T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
    try {
      return await once(this.#db, actor, work);
    } catch (error) {
      switch (brokenConstraint(error)) {
        case 'maintenance_windows_scope_site_id_fkey':
        case 'maintenance_windows_scope_group_id_fkey':
        case 'maintenance_windows_scope_node_id_fkey':
          throw notValid([{ path: 'scope.id', message: 'was deleted meanwhile' }]);
        default:
          throw error;
      }
    }
  }
}

async function requireSound(tx: Tx, written: WrittenWindow): Promise<void> {
  const faults = [...scopeIdFaults(written.scope), ...timeFaults(written)];
  if (faults.length === 0 && !(await hasPlace(tx, written.scope))) {
    faults.push({ path: 'scope.id', message: `there is no such ${written.scope.type}` });
  }
  if (faults.length > 0) throw notValid(faults);
}

async function getRow(db: Database | Tx, id: string): Promise<WindowRow> {
  const row = await findWindow(db, id);
  if (row === undefined) throw missing();
  return row;
}

function missing() {
  return notFound('This maintenance window');
}

/** The fields of a window that people write. */
export const WRITTEN_FIELDS = ['name', 'scope', ...TIME_FIELDS, 'reason'] as const;

function writtenOf(window: MaintenanceWindow): WrittenWindow {
  const { name, scope, starts_at, ends_at, rrule, exdates, timezone, reason } = window;
  return { name, scope, starts_at, ends_at, rrule, exdates, timezone, reason };
}

function timesIn({ starts_at, ends_at, rrule, timezone }: MaintenanceWindow) {
  return { starts_at, ends_at, ...(rrule === null ? {} : { rrule, timezone }) };
}

function objectOf({ id, scope }: MaintenanceWindow) {
  const ofNode = scope.type === 'node' && scope.id !== null ? { nodeId: scope.id } : {};
  return { objectType: 'maintenance_window', objectId: id, ...ofNode };
}
