import { MAINTENANCE_PREVIEW_MAX, type MaintenancePreview } from '@stratora/contract';
import {
  findOccurrences,
  localText,
  nominalMs,
  type OccurrenceNote,
  type WindowTimes,
} from '../../platform/recurrence/index.ts';
import { formatValue } from '../summary-text/index.ts';

const NOTE_WORDS: Readonly<Record<OccurrenceNote, string>> = {
  start_skipped: 'The clocks go forward over its begin: it begins as soon as they have.',
  start_repeated: 'Its begin comes twice that day: it begins at the first.',
  end_skipped: 'The clocks go forward over its end: it ends as soon as they have.',
  end_repeated: 'Its end comes twice that day: it ends at the first.',
  shortened: 'The clocks go back in it: it ends once its time is over, before the clock says so.',
  left_out: 'The clocks leave out all of it: it does not take place.',
};

/** Shows the next occurrences of a window, in UTC and by the clocks of its zone, and what these do to them. */
export function previewOf(times: WindowTimes, from: number): MaintenancePreview {
  const { timezone } = times;
  const lasts = nominalMs(times);
  const found = findOccurrences(times, { from, limit: MAINTENANCE_PREVIEW_MAX, withLeftOut: true });
  const items = found.map(({ startsAt, endsAt, notes }) => ({
    starts_at: new Date(startsAt).toISOString(),
    ends_at: new Date(endsAt).toISOString(),
    local_starts_at: localText(startsAt, timezone),
    local_ends_at: localText(endsAt, timezone),
    duration_seconds: (endsAt - startsAt) / 1000,
    notes: [
      ...notes.map((note) => NOTE_WORDS[note]),
      ...(endsAt - startsAt < lasts && notes.length === 0
        ? [
            `The clocks go forward in it: it is over after ${formatValue((endsAt - startsAt) / 1000, 'duration')}.`,
          ]
        : []),
    ],
  }));
  return { timezone, items };
}
