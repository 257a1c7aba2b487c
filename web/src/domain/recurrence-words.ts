import { type Recurrence, readRule } from './recurrence.ts';
import { daysWords, WEEKDAY_NAMES } from './weekdays.ts';

export const POSITION_NAMES: Readonly<Record<string, string>> = {
  1: 'first',
  2: 'second',
  3: 'third',
  4: 'fourth',
  '-1': 'last',
};

/** Says how a window recurs: "every 2 weeks on Mon and Fri, until 31 Dec 2027"; "once" where it does not. */
export function recurrenceWords(rule: string | null): string {
  const recurrence = readRule(rule);
  if (recurrence.repeat === 'once') return 'once';
  if (recurrence.repeat === 'rule') return `by the rule ${rule}`;
  return `${rhythmWords(recurrence)}${endWords(recurrence)}`;
}

function every(interval: string, unit: string): string {
  return interval === '1' ? `every ${unit}` : `every ${interval} ${unit}s`;
}

function rhythmWords(recurrence: Recurrence): string {
  const { repeat, interval } = recurrence;
  switch (repeat) {
    case 'weekly':
      return `${every(interval, 'week')} on ${daysWords(recurrence.days)}`;
    case 'monthly_day':
      return `${every(interval, 'month')} on ${monthDayWords(recurrence.month_day)}`;
    case 'monthly_position':
      return `${every(interval, 'month')} on the ${POSITION_NAMES[recurrence.position] ?? ''} ${WEEKDAY_NAMES[recurrence.position_day].long}`;
    default:
      return every(interval, 'day');
  }
}

function monthDayWords(day: string): string {
  return day === '-1' ? 'its last day' : `day ${day}`;
}

const DATE = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });

function endWords({ end, until, count }: Recurrence): string {
  if (end === 'until') return `, until ${DATE.format(Date.parse(`${until}T00:00:00Z`))}`;
  return end === 'count' ? `, ${count === '1' ? 'once' : `${count} times`}` : '';
}
