import type { Weekday } from '@stratora/contract';
import { classNames } from '../ui/class-names.ts';
import { WEEKDAY_NAMES, WEEKDAY_ORDER } from './weekdays.ts';

interface DayPickerProps {
  readonly days: readonly Weekday[];
  readonly onChange: (days: readonly Weekday[]) => void;
}

/** Days of the week, each a button that is on or off. */
export function DayPicker({ days, onChange }: DayPickerProps) {
  return (
    <div role="group" aria-label="Days" className="flex flex-wrap gap-1">
      {WEEKDAY_ORDER.map((day) => {
        const isOn = days.includes(day);
        return (
          <button
            key={day}
            type="button"
            aria-pressed={isOn}
            aria-label={WEEKDAY_NAMES[day].long}
            onClick={() =>
              onChange(WEEKDAY_ORDER.filter((other) => (other === day ? !isOn : days.includes(other))))
            }
            className={classNames(
              'h-8 min-w-10 rounded-md border px-1.5 text-12 font-medium max-md:h-10',
              isOn
                ? 'border-accent bg-accent-soft text-text'
                : 'border-line-strong text-faint hover:bg-hover hover:text-text',
            )}
          >
            {WEEKDAY_NAMES[day].short}
          </button>
        );
      })}
    </div>
  );
}
