import { describe, expect, it } from 'vitest';
import { coverOf, inForceAt, periodChanges } from './maintenance-in-force.ts';
import type { OpenPeriod, WindowInForce } from './period.ts';
import { toWindow, type WindowRow } from './window-row.ts';

const AT = Date.parse('2027-01-10T12:00:00Z');
const HOUR = 3_600_000;

function window(windowId: string, change: Partial<WindowInForce> = {}): WindowInForce {
  return {
    windowId,
    name: windowId,
    scope: { type: 'global', id: null },
    reason: null,
    startsAt: new Date(AT),
    endsAt: new Date(AT + HOUR),
    ...change,
  };
}

function row(change: Partial<WindowRow> = {}): WindowRow {
  return {
    id: 'w',
    name: 'Patching',
    scope_site_id: null,
    scope_group_id: null,
    scope_node_id: 'n1',
    starts_at: new Date('2027-01-01T12:00:00Z'),
    ends_at: new Date('2027-01-01T13:00:00Z'),
    rrule: null,
    exdates: [],
    timezone: 'UTC',
    reason: null,
    ended_early_at: null,
    occurrence_starts_at: new Date('2027-01-01T12:00:00Z'),
    occurrence_ends_at: new Date('2027-01-01T13:00:00Z'),
    following_starts_at: null,
    following_ends_at: null,
    created_by: 'anna',
    created_at: new Date(0),
    updated_at: new Date(0),
    scope_name: 'press-07',
    ...change,
  };
}

describe('windows in force', () => {
  it('are those whose occurrence has begun and is not over', () => {
    const namesAt = (time: string) => inForceAt([row()], Date.parse(time)).windows.map(({ name }) => name);
    expect(namesAt('2027-01-01T11:59:59Z')).toEqual([]);
    expect(namesAt('2027-01-01T12:00:00Z')).toEqual(['Patching']);
    expect(namesAt('2027-01-01T12:59:59Z')).toEqual(['Patching']);
    expect(namesAt('2027-01-01T13:00:00Z')).toEqual([]);
  });

  it('move on once their occurrence is over, also to one that is running already', () => {
    const { windows, moved } = inForceAt([row({ rrule: 'FREQ=DAILY' })], AT + 1000);
    expect(windows[0]).toMatchObject({ startsAt: new Date(AT), endsAt: new Date(AT + HOUR) });
    expect(moved[0]).toMatchObject({
      occurrence_starts_at: new Date(AT),
      following_starts_at: new Date(AT + 24 * HOUR),
    });
    expect(inForceAt([row()], AT).moved[0]).toMatchObject({
      occurrence_starts_at: null,
      following_starts_at: null,
    });
  });

  it('are none of a zone that is not known any more, and no error', () => {
    const { windows, moved } = inForceAt([row({ rrule: 'FREQ=DAILY', timezone: 'Mars/Base' })], AT);
    expect(windows).toEqual([]);
    expect(moved[0]).toMatchObject({ occurrence_starts_at: null });
  });
});

describe('a window that is shown', () => {
  const following = {
    following_starts_at: new Date(AT + 24 * HOUR),
    following_ends_at: new Date(AT + 25 * HOUR),
  };
  const running = {
    occurrence_starts_at: new Date(AT),
    occurrence_ends_at: new Date(AT + HOUR),
    ...following,
  };

  it('has what runs and what comes, by the moment', () => {
    expect(toWindow(row(running), AT)).toMatchObject({
      state: 'active',
      active: true,
      current_starts_at: '2027-01-10T12:00:00.000Z',
      current_ends_at: '2027-01-10T13:00:00.000Z',
      next_starts_at: '2027-01-11T12:00:00.000Z',
    });
    expect(toWindow(row(running), AT - 1)).toMatchObject({
      state: 'scheduled',
      current_starts_at: null,
      next_starts_at: '2027-01-10T12:00:00.000Z',
    });
    expect(toWindow(row(running), AT + HOUR)).toMatchObject({
      state: 'scheduled',
      active: false,
      next_starts_at: '2027-01-11T12:00:00.000Z',
    });
    expect(toWindow(row(running), AT + 25 * HOUR)).toMatchObject({ state: 'over', next_starts_at: null });
  });
});

describe('what a window covers', () => {
  const subjects = [
    { id: 'n1', siteId: 's1', groupIds: ['g1', 'g2'] },
    { id: 'n2', siteId: 's2', groupIds: [] },
    { id: 'system', siteId: null, groupIds: [] },
  ];
  const coverBy = (...windows: WindowInForce[]) =>
    [...coverOf(windows, subjects)].map(([id, { windowId }]) => `${id} ${windowId}`);

  it('is a node, the nodes of a group or of a site, or everything', () => {
    expect(coverBy()).toEqual([]);
    expect(coverBy(window('w', { scope: { type: 'node', id: 'n2' } }))).toEqual(['n2 w']);
    expect(coverBy(window('w', { scope: { type: 'group', id: 'g2' } }))).toEqual(['n1 w']);
    expect(coverBy(window('w', { scope: { type: 'site', id: 's1' } }))).toEqual(['n1 w']);
    expect(coverBy(window('w'))).toEqual(['n1 w', 'n2 w', 'system w']);
  });

  it('is told by the window that ends last, whatever their order', () => {
    const short = window('a', { scope: { type: 'node', id: 'n1' } });
    const long = window('b', { scope: { type: 'site', id: 's1' }, endsAt: new Date(AT + 2 * HOUR) });
    const same = window('c', { scope: { type: 'group', id: 'g1' }, endsAt: new Date(AT + 2 * HOUR) });
    for (const windows of [
      [short, long, same],
      [same, long, short],
    ])
      expect(coverBy(...windows)).toEqual(['n1 b']);
  });
});

describe('the periods that are kept', () => {
  const open = (change: Partial<OpenPeriod> = {}): OpenPeriod => ({
    id: 'p',
    window_id: 'w',
    window_name: 'w',
    scope_type: 'global',
    scope_id: null,
    reason: null,
    starts_at: new Date(AT),
    ends_at: new Date(AT + HOUR),
    ...change,
  });
  const changes = (windows: WindowInForce[], periods: OpenPeriod[]) => {
    const { begun, ended, changed } = periodChanges(windows, periods);
    return [begun.length, ended.length, changed.length];
  };

  it('begin and end with their windows', () => {
    expect(changes([window('w')], [])).toEqual([1, 0, 0]);
    expect(changes([window('w')], [open()])).toEqual([0, 0, 0]);
    expect(changes([], [open()])).toEqual([0, 1, 0]);
  });

  it('go on under another name and until another time', () => {
    expect(changes([window('w', { name: 'new' })], [open()])).toEqual([0, 0, 1]);
    expect(changes([window('w', { reason: 'why' })], [open()])).toEqual([0, 0, 1]);
    expect(changes([window('w', { endsAt: new Date(AT + 2) })], [open()])).toEqual([0, 0, 1]);
  });

  it('are others for another scope and another occurrence', () => {
    expect(changes([window('w', { scope: { type: 'node', id: 'n' } })], [open()])).toEqual([1, 1, 0]);
    expect(changes([window('w', { startsAt: new Date(AT + 2) })], [open()])).toEqual([1, 1, 0]);
  });
});
