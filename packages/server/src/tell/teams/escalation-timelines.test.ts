import { describe, expect, it } from 'vitest';
import { previewEscalation } from './escalation-preview.ts';
import { CHANNELS, PERSONS } from './escalation-scene.test-support.ts';
import { TIMELINES } from './escalation-timelines.test-support.ts';
import { HOURS_TIMELINES } from './hours-timelines.test-support.ts';

const DAY_MS = 86_400_000;

describe('who hears what and when', () => {
  it.each([...TIMELINES, ...HOURS_TIMELINES])('$name', ({ teams, at, days = 1, heard }) => {
    const from = Date.parse(at);
    const items = previewEscalation({
      teams,
      channels: CHANNELS,
      persons: PERSONS,
      alert: { severity: 'critical', siteId: null, groupIds: [], definitionIds: [] },
      from,
      until: from + days * DAY_MS,
    });
    const lines = items.map(({ recipients, ...item }) => {
      const who = recipients.map(({ recipient, skipped }) =>
        skipped === null ? recipient : `[${[recipient, skipped].filter((word) => word !== '').join(' ')}]`,
      );
      const time = item.at.replace(':00.000Z', 'Z');
      return `${time} ${item.team_name} ${item.event} ${item.step}.${item.repeat}: ${who.join(' ')}`;
    });
    expect(lines).toEqual(heard);
  });
});
