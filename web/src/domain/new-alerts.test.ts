import { describe, expect, it } from 'vitest';
import { heldBy, sampleAlert } from './alert-sample.test-support.ts';
import { lookAtAlerts, newAlertsWords } from './new-alerts.ts';

describe('new alerts', () => {
  const at = (second: number) => `2026-11-29T12:00:${String(second).padStart(2, '0')}Z`;
  const first = sampleAlert({ id: 'first', triggered_at: at(10) });
  const ids = (alerts: readonly { id: string }[]) => alerts.map(({ id }) => id);

  it('are those that begin after the first look, each told once', () => {
    const begin = lookAtAlerts([first], undefined);
    expect(begin.fresh).toEqual([]);
    const next = lookAtAlerts([sampleAlert({ id: 'next', triggered_at: at(20) }), first], begin.memory);
    expect(ids(next.fresh)).toEqual(['next']);
    expect(
      lookAtAlerts([sampleAlert({ id: 'next', triggered_at: at(20) }), first], next.memory).fresh,
    ).toEqual([]);
  });

  it('are all of them where there was none at first', () => {
    expect(ids(lookAtAlerts([first], lookAtAlerts([], undefined).memory).fresh)).toEqual(['first']);
  });

  it('are not those that move up in the list as newer ones end', () => {
    const { memory } = lookAtAlerts([first], undefined);
    expect(lookAtAlerts([sampleAlert({ id: 'older', triggered_at: at(5) })], memory).fresh).toEqual([]);
  });

  it('that are held or muted are news once they are not, also those from before the first look', () => {
    const held = sampleAlert({ id: 'held', triggered_at: at(5), held: heldBy('first') });
    const muted = sampleAlert({
      id: 'muted',
      triggered_at: at(30),
      muted: { at: '', by: 'anna', until: null },
    });
    const begin = lookAtAlerts([first, held], undefined);
    const next = lookAtAlerts([first, held, muted], begin.memory);
    expect(next.fresh).toEqual([]);
    const free = lookAtAlerts([first, { ...held, held: null }, { ...muted, muted: null }], next.memory);
    expect(ids(free.fresh)).toEqual(['held', 'muted']);
    const again = lookAtAlerts(
      [first, { ...held, held: null }],
      lookAtAlerts([first, held], free.memory).memory,
    );
    expect(again.fresh).toEqual([]);
  });

  it('are told by the text of the one, or by their number and the worst of them', () => {
    const warning = { severity: 'warning', summary: 'Disk is full', node_name: null } as const;
    const critical = { severity: 'critical', summary: 'sw-1 is away', node_name: 'sw-1' } as const;
    expect(newAlertsWords([])).toBe('');
    expect(newAlertsWords([warning])).toBe('New warning alert: Disk is full');
    expect(newAlertsWords([warning, critical, critical])).toBe(
      '3 new alerts, 2 critical: sw-1 is away and others',
    );
    expect(newAlertsWords([warning, warning])).toBe('2 new alerts: Disk is full and others');
  });
});
