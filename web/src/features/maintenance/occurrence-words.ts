import type { MaintenancePreview } from '@stratora/contract';

type Item = MaintenancePreview['items'][number];

const DATE = { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' } as const;
const DAY = new Intl.DateTimeFormat('en-GB', DATE);
const WEEKDAY = new Intl.DateTimeFormat('en-GB', { weekday: 'short', ...DATE });

/** "Tue, 1 Dec 2026, 22:00 to 00:00": a span, the later day only where it is beyond the next one. */
function spanWords(from: string, to: string, format: Intl.DateTimeFormat): string {
  // The wall clock alone: what follows the seconds is the offset from UTC.
  const [begin, end] = [from.slice(0, 19), to.slice(0, 19)].map((text) => Date.parse(`${text}Z`));
  const [fromDay, toDay] = [format.format(begin), format.format(end)];
  const isSoon = fromDay === toDay || (end ?? 0) - (begin ?? 0) < 86_400_000;
  return `${fromDay}, ${from.slice(11, 16)} to ${isSoon ? '' : `${toDay}, `}${to.slice(11, 16)}`;
}

/** One occurrence by the clocks of its zone, with the day of the week, and in UTC. */
export function occurrenceTexts(item: Item): { readonly local: string; readonly utc: string } {
  return {
    local: spanWords(item.local_starts_at, item.local_ends_at, WEEKDAY),
    utc: spanWords(item.starts_at, item.ends_at, DAY),
  };
}
