import type { AlertSeverity } from '@stratora/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Team } from '../teams/index.ts';
import { decideEscalation, type Escalation, NO_TEAM, type PlannedNotice } from './escalation-decision.ts';
import type { EscalatedAlert } from './team-book.ts';
import { teamBookOf } from './team-book-of.ts';

const BEGIN = Date.parse('2026-11-02T07:00:00Z');
const NONE = { severities: [], site_ids: [], group_ids: [], definition_ids: [] };
const team = (id: string, more: Partial<Team>): Team => ({
  id,
  name: id,
  enabled: true,
  isDefault: false,
  match: NONE,
  active: { type: 'always' },
  steps: [{ after_seconds: 0 }, { after_seconds: 300 }],
  repeat: { every_seconds: 600, times: 3 },
  rotation: null,
  ...more,
});
const BOOK = teamBookOf({
  teams: [
    team('everybody', { isDefault: true }),
    team('critical', { match: { ...NONE, severities: ['critical'] }, repeat: null }),
    team('day', {
      active: {
        type: 'hours',
        timezone: 'UTC',
        windows: [{ days: ['mo'], from: '08:00', to: '17:00' }],
      },
    }),
  ],
  channels: [{ id: 'c', name: 'chat', type: 'slack', enabled: true, recipients: ['chat.example'] }],
  persons: new Map(),
});

const moment = fc.record({
  /** Seconds since the moment before. */
  after: fc.integer({ min: 0, max: 2000 }),
  severity: fc.constantFrom<AlertSeverity>('info', 'warning', 'critical'),
  isAcknowledged: fc.boolean(),
  isMuted: fc.boolean(),
  isHeld: fc.boolean(),
  isFlapping: fc.boolean(),
});
type Moment = typeof moment extends fc.Arbitrary<infer M> ? M : never;

interface Step {
  alert: EscalatedAlert;
  notices: readonly PlannedNotice[];
  again: readonly PlannedNotice[];
}

/** Decides at each moment, as the outbox does, and once more at once. */
function run(moments: readonly Moment[]): { steps: Step[]; escalations: ReadonlyMap<string, Escalation> } {
  const escalations = new Map<string, Escalation>();
  let at = BEGIN;
  const steps = moments.map(({ after, ...marks }) => {
    at += after * 1000;
    const alert: EscalatedAlert = {
      id: 'a',
      state: 'active',
      siteId: 's',
      groupIds: [],
      definitionId: 'd',
      rootId: 'd',
      ...marks,
    };
    const decide = () => {
      const decision = decideEscalation({
        alert,
        escalations: [...escalations.values()],
        book: BOOK,
        at: new Date(at),
      });
      for (const one of decision.escalations) escalations.set(one.teamId, one);
      return decision.notices;
    };
    return { alert, notices: decide(), again: decide() };
  });
  return { steps, escalations };
}

const keyOf = ({ team: by, event, generation, step, repeat, recipient }: PlannedNotice) =>
  [by?.id ?? NO_TEAM, event, generation, step, repeat, recipient.recipient].join(' ');

describe('a decision on an escalation', () => {
  const property = (holds: (course: ReturnType<typeof run>) => void) =>
    fc.assert(
      fc.property(fc.array(moment, { minLength: 1, maxLength: 25 }), (moments) => holds(run(moments))),
    );

  it('says nothing more when it is made twice', () => {
    property(({ steps }) => {
      for (const { again } of steps) expect(again).toEqual([]);
    });
  });

  it('says each thing once', () => {
    property(({ steps }) => {
      const keys = steps.flatMap(({ notices }) => notices.map(keyOf));
      expect(keys.length).toBe(new Set(keys).size);
    });
  });

  it('tells nobody while somebody is on it, and while it is muted or held', () => {
    property(({ steps }) => {
      for (const { alert, notices } of steps)
        if (alert.isAcknowledged || alert.isMuted || alert.isHeld) expect(notices).toEqual([]);
    });
  });

  it('begins with every team as a new alert, and counts its steps and repeats upward', () => {
    property(({ steps }) => {
      const last = new Map<string, [number, number, number]>();
      for (const { team: by, event, generation, step, repeat } of steps.flatMap(({ notices }) => notices)) {
        const before = last.get(by?.id ?? '');
        if (before === undefined)
          expect({ event, generation, step }).toEqual({ event: 'triggered', generation: 0, step: 0 });
        else expect(isAfter([generation, step, repeat], before)).toBe(true);
        last.set(by?.id ?? '', [generation, step, repeat]);
      }
    });
  });

  it('has told of the worst severity once nothing keeps it from that', () => {
    property(({ steps, escalations }) => {
      const { alert } = steps.at(-1) ?? {};
      if (!alert || alert.isAcknowledged || alert.isMuted || alert.isHeld || alert.isFlapping) return;
      const rank = { info: 0, warning: 1, critical: 2 };
      const told = [...escalations.values()].filter(({ teamId }) => teamId !== NO_TEAM);
      expect(Math.max(...told.map(({ severity }) => rank[severity]))).toBeGreaterThanOrEqual(
        rank[alert.severity],
      );
    });
  });
});

function isAfter(place: readonly number[], before: readonly number[]): boolean {
  const index = place.findIndex((value, position) => value !== before[position]);
  return index >= 0 && (place[index] ?? 0) > (before[index] ?? 0);
}
