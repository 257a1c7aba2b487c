import { formatAge, formatAgo, formatMoment, formatSince } from './format/time.ts';
import { useNow } from './state/clock.ts';
import { useZone } from './state/zone.ts';

/** "4 min ago", with the exact moment on hover; ticks by itself. */
export function Ago({ time }: { readonly time: string | null }) {
  const now = useNow();
  const [zone] = useZone();
  if (time === null) return <span className="text-faint">never</span>;
  const then = Date.parse(time);
  return (
    <time dateTime={time} title={formatMoment(then, zone)} className="tabular whitespace-nowrap">
      {formatAgo(then, now)}
    </time>
  );
}

/** "4 min": as short as it gets, for narrow columns whose header says what it is. */
export function Age({ time }: { readonly time: string | null }) {
  const now = useNow();
  const [zone] = useZone();
  if (time === null) return <span className="text-faint">never</span>;
  const then = Date.parse(time);
  return (
    <time dateTime={time} title={formatMoment(then, zone)} className="tabular whitespace-nowrap">
      {formatAge(then, now)}
    </time>
  );
}

/** "for 2 h 5 min": how long a state has lasted. */
export function Since({ time }: { readonly time: string }) {
  const now = useNow();
  const [zone] = useZone();
  const then = Date.parse(time);
  return (
    <time dateTime={time} title={`since ${formatMoment(then, zone)}`} className="tabular whitespace-nowrap">
      {formatSince(then, now)}
    </time>
  );
}

export function Moment({ time }: { readonly time: string }) {
  const [zone] = useZone();
  return (
    <time dateTime={time} className="tabular">
      {formatMoment(Date.parse(time), zone)}
    </time>
  );
}
