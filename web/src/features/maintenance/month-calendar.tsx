import type { MaintenanceOccurrence } from '@stratora/contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { Link, useSearchParams } from 'react-router';
import { plannedQuery } from '../../api/maintenance-windows.ts';
import { windowScopeWords } from '../../domain/maintenance-words.ts';
import { WEEKDAY_NAMES, WEEKDAY_ORDER } from '../../domain/weekdays.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { browserZone, momentOf, toZoneField, wallTime } from '../../ui/format/zone-time.ts';
import { useNow } from '../../ui/state/clock.ts';
import { useIsNarrow } from '../../ui/state/media.ts';
import { useZone } from '../../ui/state/zone.ts';
import { ErrorState } from '../../ui/view-state.tsx';
import { isMonth, monthAfter, monthDays, monthOf, plannedOn } from './month-weeks.ts';

const DAY_MS = 86_400_000;
/** How many of a day are shown; of more, how many there are. */
const SHOWN = 4;

const MONTH = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });
const DAY = new Intl.DateTimeFormat('en-GB', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  timeZone: 'UTC',
});

/** What is planned in a month, by the clocks of the viewer. */
export function MonthCalendar() {
  const [choice] = useZone();
  const zone = choice === 'utc' ? 'UTC' : browserZone();
  const now = useNow(60_000);
  const narrow = useIsNarrow();
  const [parameters, setParameters] = useSearchParams();
  const asked = parameters.get('month');
  const month = isMonth(asked) ? asked : monthOf(now, zone);
  const days = monthDays(month);
  const [first = 0, last = 0] = [days[0], days.at(-1)];
  const planned = useQuery({
    ...plannedQuery(
      new Date(momentOf(first, zone)).toISOString(),
      new Date(momentOf(last + DAY_MS, zone)).toISOString(),
    ),
    placeholderData: keepPreviousData,
  });
  const go = (to: string | undefined) => {
    const next = new URLSearchParams(parameters);
    if (to === undefined) next.delete('month');
    else next.set('month', to);
    setParameters(next, { replace: true });
  };
  const today = Math.floor(wallTime(now, zone) / DAY_MS) * DAY_MS;
  const items = planned.data?.items ?? [];
  return (
    <section aria-label="Calendar" className="rounded-md border border-line bg-surface">
      <div className="flex flex-wrap items-center gap-2 border-b border-line px-4 py-2">
        <h2 aria-live="polite" className="text-14 font-semibold">
          {MONTH.format(Date.parse(`${month}-15T00:00:00Z`))}
        </h2>
        <span className="text-12 text-faint">{zone}</span>
        <div className="ml-auto flex items-center gap-1">
          <IconButton label="The month before" onClick={() => go(monthAfter(month, -1))}>
            <ChevronLeft size={16} aria-hidden />
          </IconButton>
          <Button look="ghost" onClick={() => go(undefined)}>
            Today
          </Button>
          <IconButton label="The month after" onClick={() => go(monthAfter(month, 1))}>
            <ChevronRight size={16} aria-hidden />
          </IconButton>
        </div>
      </div>
      {planned.isError ? (
        <ErrorState
          title="The calendar could not be loaded"
          error={planned.error}
          onRetry={() => void planned.refetch()}
        />
      ) : narrow ? (
        <DayList month={month} days={days} items={items} zone={zone} isLoading={planned.data === undefined} />
      ) : (
        <MonthGrid month={month} days={days} items={items} zone={zone} today={today} />
      )}
      {planned.data?.complete === false && (
        <p className="border-t border-line px-4 py-2 text-13 text-soft">There is more than can be shown.</p>
      )}
    </section>
  );
}

interface MonthProps {
  readonly month: string;
  readonly days: readonly number[];
  readonly items: readonly MaintenanceOccurrence[];
  readonly zone: string;
}

function MonthGrid({ month, days, items, zone, today }: MonthProps & { readonly today: number }) {
  return (
    <>
      <div aria-hidden className="grid grid-cols-7 border-b border-line text-12 text-faint">
        {WEEKDAY_ORDER.map((day) => (
          <span key={day} className="px-2 py-1">
            {WEEKDAY_NAMES[day].short}
          </span>
        ))}
      </div>
      <ol
        aria-label={MONTH.format(Date.parse(`${month}-15T00:00:00Z`))}
        className="grid grid-cols-7 gap-px bg-line"
      >
        {days.map((day) => (
          <li
            key={day}
            className={classNames(
              'flex min-h-24 min-w-0 flex-col gap-1 p-1.5',
              isIn(day, month) ? 'bg-surface' : 'bg-canvas',
            )}
          >
            <span
              className={classNames(
                'tabular inline-flex size-6 items-center justify-center rounded-full text-12',
                day === today
                  ? 'bg-accent font-semibold text-on-accent'
                  : isIn(day, month)
                    ? 'text-soft'
                    : 'text-faint',
              )}
            >
              <span aria-hidden>{new Date(day).getUTCDate()}</span>
              <span className="sr-only">
                {DAY.format(day)}
                {day === today && ', today'}
              </span>
            </span>
            <DayItems items={plannedOn(items, day, zone)} day={day} zone={zone} />
          </li>
        ))}
      </ol>
    </>
  );
}

function isIn(day: number, month: string): boolean {
  return new Date(day).toISOString().startsWith(month);
}

function DayItems({
  items,
  day,
  zone,
}: {
  readonly items: readonly MaintenanceOccurrence[];
  readonly day: number;
  readonly zone: string;
}) {
  const more = items.length - SHOWN;
  return (
    <>
      {items.slice(0, SHOWN).map((item) => (
        <Link
          key={`${item.window_id} ${item.starts_at}`}
          to={`/maintenance/${item.window_id}`}
          title={`${item.name}, ${windowScopeWords(item)}, ${toZoneField(Date.parse(item.starts_at), zone).replace('T', ' ')} to ${toZoneField(Date.parse(item.ends_at), zone).replace('T', ' ')}`}
          className="block min-h-6 truncate rounded-sm border-l-2 border-maintenance bg-maintenance-soft px-1.5 py-1 text-12 text-text hover:bg-active"
        >
          <span className="tabular text-maintenance">{timeOn(item, day, zone)}</span> {item.name}
        </Link>
      ))}
      {more > 0 && <span className="px-1.5 text-12 text-faint">and {more} more</span>}
    </>
  );
}

/** When it begins on that day; an arrow where it began before. */
function timeOn({ starts_at: from }: MaintenanceOccurrence, day: number, zone: string): string {
  return wallTime(Date.parse(from), zone) < day ? '→' : toZoneField(Date.parse(from), zone).slice(11);
}

/** The days of a month on which something is planned, one below the other: a phone has no room for a grid. */
function DayList({ month, days, items, zone, isLoading }: MonthProps & { readonly isLoading: boolean }) {
  const busy = days
    .filter((day) => isIn(day, month))
    .map((day) => ({ day, planned: plannedOn(items, day, zone) }))
    .filter(({ planned }) => planned.length > 0);
  if (busy.length === 0) {
    return <p className="px-4 py-5 text-soft">{isLoading ? '…' : 'Nothing is planned in this month.'}</p>;
  }
  return (
    <ol aria-label="Days with maintenance">
      {busy.map(({ day, planned }) => (
        <li key={day} className="border-b border-line px-4 py-2.5 last:border-b-0">
          <p className="mb-1 text-13 font-medium">{DAY.format(day)}</p>
          <div className="flex flex-col gap-1">
            {planned.map((item) => (
              <Link
                key={`${item.window_id} ${item.starts_at}`}
                to={`/maintenance/${item.window_id}`}
                className="flex min-h-10 items-center gap-2 rounded-sm border-l-2 border-maintenance bg-maintenance-soft px-2 text-13"
              >
                <span className="tabular text-maintenance">{timeOn(item, day, zone)}</span>
                <span className="min-w-0 flex-1 truncate">{item.name}</span>
                <span className="shrink-0 text-12 text-soft">{windowScopeWords(item)}</span>
              </Link>
            ))}
          </div>
        </li>
      ))}
    </ol>
  );
}
