import { ZoomOut } from 'lucide-react';
import { createContext, useContext } from 'react';
import { useSearchParams } from 'react-router';
import { IconButton } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { formatMoment } from '../../ui/format/time.ts';
import { serverNow } from '../../ui/state/clock.ts';
import {
  LAST_HOUR,
  RANGE_PRESETS,
  readTimeRange,
  type TimeRange,
  writeTimeRange,
  zoomOut,
} from '../../ui/state/time-range.ts';
import { useZone } from '../../ui/state/zone.ts';

/** The range that is shown where the URL names none: less than an hour for a node that is younger. */
export const DefaultRangeContext = createContext<TimeRange>(LAST_HOUR);

const YOUNG_MS = 20 * 60_000;
export function defaultRange(createdAt: string, nowMs: number): TimeRange {
  return nowMs - Date.parse(createdAt) < YOUNG_MS ? { kind: 'last', seconds: 900 } : LAST_HOUR;
}

/** The range in the URL, and the setter, which keeps the way back. */
export function useTimeRange(): readonly [TimeRange, (range: TimeRange) => void] {
  const [parameters, setParameters] = useSearchParams();
  const fallback = useContext(DefaultRangeContext);
  return [
    readTimeRange(parameters, fallback),
    (range) => setParameters((now) => writeTimeRange(now, range), { preventScrollReset: true }),
  ];
}

export function RangePicker() {
  const [range, setRange] = useTimeRange();
  const [zone] = useZone();
  return (
    <div className="flex flex-wrap items-center gap-2">
      <div
        role="group"
        aria-label="Time range"
        className="flex rounded-md border border-line-strong bg-raised p-0.5"
      >
        {RANGE_PRESETS.map(({ id, seconds, label }) => {
          const on = range.kind === 'last' && range.seconds === seconds;
          return (
            <button
              key={id}
              type="button"
              aria-pressed={on}
              aria-label={`${id}, ${label.toLowerCase()}`}
              title={label}
              onClick={() => setRange({ kind: 'last', seconds })}
              className={classNames(
                'tabular h-6.5 rounded-sm px-2.5 text-13 max-md:h-9',
                on ? 'bg-active font-medium text-text' : 'text-soft hover:text-text',
              )}
            >
              {id}
            </button>
          );
        })}
      </div>
      <IconButton label="Zoom out" onClick={() => setRange(zoomOut(range, serverNow()))}>
        <ZoomOut size={16} aria-hidden />
      </IconButton>
      {range.kind === 'fixed' && (
        <span className="tabular text-13 text-soft">
          {formatMoment(range.from * 1000, zone)} to {formatMoment(range.to * 1000, zone)}
        </span>
      )}
    </div>
  );
}
