import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SERVER_ACTOR } from '../../platform/audit/index.ts';
import { AlertScene, ofNode } from '../alerts/alert-scene.test-support.ts';
import { keepMaintenance, readMaintenance } from './maintenance-record.ts';
import { listEndingSoon, listPeriodsAt, noteReminded } from './period-queries.ts';
import { WindowService } from './window-service.ts';

const MINUTE = 60_000;
const START = Math.floor(Date.now() / 1000) * 1000;
const ONCE = { rrule: null, exdates: [], timezone: 'UTC', reason: null };

describe('what is kept of maintenance windows', () => {
  let scene: AlertScene;
  let node: string;
  let service: WindowService;
  let now = START;

  beforeAll(async () => {
    scene = await AlertScene.start();
    node = await scene.addNode('core');
    service = new WindowService({ db: scene.db, clock: { now: () => now } });
  });
  afterAll(() => scene?.stop());
  beforeEach(async () => {
    await sql`DELETE FROM maintenance_windows`.execute(scene.db);
    await sql`DELETE FROM maintenance_periods`.execute(scene.db);
    await scene.clear();
    now = START;
  });

  const make = (change: object = {}) =>
    service.create(SERVER_ACTOR, {
      ...ONCE,
      name: 'New switches',
      scope: { type: 'node', id: node },
      starts_at: new Date(START).toISOString(),
      ends_at: new Date(START + 60 * MINUTE).toISOString(),
      ...change,
    });
  /** Does what a cycle of the evaluator does at a minute. @returns names of the windows that are in force */
  const cycle = async (minute: number) => {
    now = START + minute * MINUTE;
    const record = await readMaintenance(scene.db, now);
    await scene.inTransaction((tx) => keepMaintenance(tx, record));
    return record.windows.map(({ name }) => name);
  };
  const periods = async () => {
    const { rows } = await sql<{ name: string; is_open: boolean; scope: string }>`
      SELECT window_name AS name, to_at IS NULL AS is_open, scope_type AS scope FROM maintenance_periods
      ORDER BY from_at, id`.execute(scene.db);
    return rows.map(({ name, is_open: isOpen, scope }) => `${name} ${scope} ${isOpen ? 'open' : 'closed'}`);
  };
  const soon = async (minute: number) =>
    (await listEndingSoon(scene.db, { now: START + minute * MINUTE, withinMs: 10 * MINUTE })).map(
      ({ window_name: name, scope_name: scope }) => `${name} of ${scope}`,
    );

  it('is each occurrence that was in force, and cycles without a change write nothing', async () => {
    await make({ starts_at: new Date(START + MINUTE).toISOString() });
    expect(await cycle(0)).toEqual([]);
    expect(await periods()).toEqual([]);
    expect(await cycle(1)).toEqual(['New switches']);
    expect(await cycle(2)).toEqual(['New switches']);
    expect(await periods()).toEqual(['New switches node open']);
    expect(await cycle(60)).toEqual([]);
    expect(await periods()).toEqual(['New switches node closed']);
  });

  it('is moved on to the next occurrence by the cycle after an end', async () => {
    const { id } = await make({ rrule: 'FREQ=DAILY' });
    await cycle(0);
    await cycle(60);
    const { rows } = await sql<{ at: Date }>`
      SELECT occurrence_starts_at AS at FROM maintenance_windows WHERE id = ${id}`.execute(scene.db);
    expect(rows[0]?.at.getTime()).toBe(START + 24 * 60 * MINUTE);
    expect(await cycle(24 * 60 + 1)).toEqual(['New switches']);
    expect(await periods()).toEqual(['New switches node closed', 'New switches node open']);
  });

  it('is not moved on where somebody has written the window meanwhile', async () => {
    const { id } = await make({ rrule: 'FREQ=DAILY' });
    now = START + 60 * MINUTE;
    const record = await readMaintenance(scene.db, now);
    await service.update(SERVER_ACTOR, id, { ends_at: new Date(START + 120 * MINUTE).toISOString() });
    await scene.inTransaction((tx) => keepMaintenance(tx, record));
    expect(await cycle(61)).toEqual(['New switches']);
  });

  it('goes on under another name, and is another one for another scope', async () => {
    const { id } = await make();
    await cycle(0);
    await service.update(SERVER_ACTOR, id, { name: 'Newer switches' });
    await cycle(1);
    expect(await periods()).toEqual(['Newer switches node open']);
    await service.update(SERVER_ACTOR, id, { scope: { type: 'global', id: null } });
    await cycle(2);
    expect(await periods()).toEqual(['Newer switches node closed', 'Newer switches global open']);
    await service.delete(SERVER_ACTOR, id);
    expect(await cycle(3)).toEqual([]);
    expect((await periods()).every((period) => period.endsWith('closed'))).toBe(true);
  });

  it('says of an end that is near once, and again where that was put off', async () => {
    const { id } = await make();
    await make({ name: 'Short', ends_at: new Date(START + 8 * MINUTE).toISOString() });
    await cycle(0);
    expect(await soon(0)).toEqual([]);
    expect(await soon(49)).toEqual([]);
    expect(await soon(50)).toEqual(['New switches of core']);
    const ids = (await listEndingSoon(scene.db, { now: START + 51 * MINUTE, withinMs: 10 * MINUTE })).map(
      (ending) => ending.id,
    );
    expect(await scene.inTransaction((tx) => noteReminded(tx, ids))).toEqual(ids);
    expect(await scene.inTransaction((tx) => noteReminded(tx, ids))).toEqual([]);
    expect(await soon(52)).toEqual([]);
    now = START + 52 * MINUTE;
    await service.update(SERVER_ACTOR, id, { ends_at: new Date(START + 90 * MINUTE).toISOString() });
    await cycle(53);
    expect(await soon(53)).toEqual([]);
    expect(await soon(81)).toEqual(['New switches of core']);
    await service.end(SERVER_ACTOR, id);
    await cycle(82);
    expect(await soon(82)).toEqual([]);
  });

  it('names the windows of a past moment, also those that are gone since', async () => {
    const { id } = await make();
    await cycle(0);
    await service.delete(SERVER_ACTOR, id);
    const { rows } = await sql<{ at: Date }>`SELECT now() AS at`.execute(scene.db);
    const at = rows[0]?.at ?? new Date();
    await cycle(1);
    const ask = (when: Date, change: object = {}) =>
      listPeriodsAt(scene.db, when, {
        nodeId: node,
        siteId: scene.definitionId,
        groupIds: [],
        windowIds: [],
        ...change,
      });
    expect(await ask(at)).toMatchObject([{ window_id: id, window_name: 'New switches' }]);
    expect(await ask(at, { nodeId: id })).toEqual([]);
    expect(await ask(at, { nodeId: id, windowIds: [id] })).toHaveLength(1);
    expect(await ask(new Date(at.getTime() - 3_600_000))).toEqual([]);
    expect(await ask(new Date(Date.now() + 60_000))).toEqual([]);
  });

  it('lists what was held back in the last occurrence, with what it was at the end', async () => {
    const window = await make();
    const hold = { hold: { by: 'maintenance' as const, windowId: window.id } };
    const held = () => scene.backend.admin('GET', `/api/v1/maintenance-windows/${window.id}/held`);
    expect(await held()).toEqual({ occurrence: null, total: 0, items: [] });
    await cycle(0);
    const [left, ended] = [ofNode(node, 'test_cpu:left'), ofNode(node, 'test_cpu:ended')];
    await scene.apply([
      scene.trigger(left, { severity: 'critical' }),
      scene.trigger(ended),
      scene.trigger(ofNode(node, 'test_cpu:free')),
      scene.change(left, 'hold', hold),
      scene.change(ended, 'hold', hold),
    ]);
    await scene.apply([scene.change(ended, 'resolve', { value: 1, reason: undefined })]);
    expect((await held()).items.map(({ state_at_end: state }: { state_at_end: string }) => state)).toEqual([
      'active',
      'resolved',
    ]);
    await cycle(60);
    await scene.apply([
      scene.change(left, 'release', {}),
      scene.change(left, 'resolve', { value: 1, reason: undefined }),
    ]);
    expect(await held()).toMatchObject({
      occurrence: { starts_at: window.starts_at, ends_at: window.ends_at },
      total: 2,
      items: [
        { instance: 'left', node_name: 'core', severity: 'critical', state_at_end: 'active' },
        { instance: 'ended', definition_name: 'CPU of tests', state_at_end: 'resolved' },
      ],
    });
    expect((await held()).occurrence.ended_at).not.toBeNull();
  });

  it('says why nobody was told, by the name that the window had', async () => {
    const window = await make();
    await cycle(0);
    const alert = ofNode(node);
    await scene.apply([
      scene.trigger(alert),
      scene.change(alert, 'hold', { hold: { by: 'maintenance', windowId: window.id } }),
    ]);
    await service.delete(SERVER_ACTOR, window.id);
    const { verdict, sentences } = await scene.backend.admin(
      'GET',
      `/api/v1/alerts/why?node_id=${node}&definition_id=${scene.definitionId}`,
    );
    expect(verdict).toBe('in_maintenance');
    expect(sentences[0]).toContain(`in maintenance: window “New switches” until ${window.ends_at}`);
  });
});
