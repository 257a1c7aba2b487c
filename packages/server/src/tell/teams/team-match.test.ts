import { describe, expect, it } from 'vitest';
import { teamOf } from './escalation-scene.test-support.ts';
import { type AlertMark, matchTakes, teamsToBegin } from './team-match.ts';

const ALERT: AlertMark = {
  severity: 'warning',
  siteId: 'berlin',
  groupIds: ['dbs', 'prod'],
  definitionIds: ['cpu-at-berlin', 'cpu'],
};
const ALL = { severities: [], site_ids: [], group_ids: [], definition_ids: [] };
const NIGHT = Date.parse('2026-12-01T23:00Z');
const DAY = Date.parse('2026-12-01T11:00Z');

describe('a match', () => {
  it.each([
    ['nothing', {}, true],
    ['its severity', { severities: ['warning', 'critical'] }, true],
    ['another severity', { severities: ['critical'] }, false],
    ['its site', { site_ids: ['paris', 'berlin'] }, true],
    ['another site', { site_ids: ['paris'] }, false],
    ['one of its groups', { group_ids: ['prod'] }, true],
    ['another group', { group_ids: ['test'] }, false],
    ['its definition', { definition_ids: ['cpu-at-berlin'] }, true],
    ['the definition that its own overrides', { definition_ids: ['cpu'] }, true],
    ['another definition', { definition_ids: ['disk'] }, false],
    [
      'all that it has',
      { severities: ['warning'], site_ids: ['berlin'], group_ids: ['dbs'], definition_ids: ['cpu'] },
      true,
    ],
    [
      'one thing that it has not',
      { severities: ['warning'], site_ids: ['berlin'], group_ids: ['test'] },
      false,
    ],
  ] as const)('that names %s', (_, match, taken) => {
    expect(matchTakes({ ...ALL, ...structuredClone(match) } as typeof ALL, ALERT)).toBe(taken);
  });

  it('of sites takes nothing that is at no site', () => {
    const system = { ...ALERT, siteId: null, groupIds: [] };
    expect(matchTakes({ ...ALL, site_ids: ['berlin'] }, system)).toBe(false);
    expect(matchTakes({ ...ALL, group_ids: ['dbs'] }, system)).toBe(false);
    expect(matchTakes(ALL, system)).toBe(true);
  });
});

describe('teams that begin to tell', () => {
  const everybody = teamOf({ name: 'Everybody', isDefault: true });
  const paris = teamOf({ name: 'Paris', match: { ...ALL, site_ids: ['paris'] } });
  const berlin = teamOf({ name: 'Berlin', match: { ...ALL, site_ids: ['berlin'] } });
  const office = teamOf({
    name: 'Office',
    active: {
      type: 'hours',
      timezone: 'Europe/Berlin',
      windows: [{ days: ['mo', 'tu', 'we', 'th', 'fr'], from: '08:00', to: '17:00' }],
    },
  });
  const names = (teams: readonly ReturnType<typeof teamOf>[], at: number, begun: string[] = []) =>
    teamsToBegin(teams, { alert: ALERT, at, begun: new Set(begun) }).map(({ name }) => name);

  it('are all that take the alert, and the default one where none does', () => {
    expect(names([everybody, paris, berlin], DAY)).toEqual(['Berlin']);
    expect(names([everybody, paris], DAY)).toEqual(['Everybody']);
    expect(names([everybody, berlin, office], DAY)).toEqual(['Berlin', 'Office']);
  });

  it('are the default one while the only one that takes it sleeps, and that one once it wakes', () => {
    expect(names([everybody, office], NIGHT)).toEqual(['Everybody']);
    expect(names([everybody, office], DAY, ['Everybody'])).toEqual(['Office']);
  });

  it('are not begun a second time', () => {
    expect(names([everybody, office], DAY, ['Office'])).toEqual([]);
    expect(names([everybody, office], NIGHT, ['Office'])).toEqual([]);
    expect(names([everybody, paris], DAY, ['Everybody'])).toEqual([]);
  });

  it('are never those that are switched off, and what only such a one was told goes to the default one', () => {
    expect(names([everybody, { ...berlin, enabled: false }], DAY)).toEqual(['Everybody']);
    expect(names([everybody, { ...berlin, enabled: false }], DAY, ['Berlin'])).toEqual(['Everybody']);
    expect(names([everybody], DAY, ['Deleted'])).toEqual(['Everybody']);
  });

  it('do not depend on the match of the default one', () => {
    const odd = { ...everybody, match: { ...ALL, site_ids: ['paris'] }, active: office.active };
    expect(names([odd, paris], NIGHT)).toEqual(['Everybody']);
    expect(names([{ ...odd, match: ALL }, berlin], NIGHT)).toEqual(['Berlin']);
  });
});
