import type { Weekday } from '@stratora/contract';

export const WEEKDAY_NAMES: Readonly<Record<Weekday, { readonly short: string; readonly long: string }>> = {
  mo: { short: 'Mon', long: 'Monday' },
  tu: { short: 'Tue', long: 'Tuesday' },
  we: { short: 'Wed', long: 'Wednesday' },
  th: { short: 'Thu', long: 'Thursday' },
  fr: { short: 'Fri', long: 'Friday' },
  sa: { short: 'Sat', long: 'Saturday' },
  su: { short: 'Sun', long: 'Sunday' },
};
export const WEEKDAY_ORDER = Object.keys(WEEKDAY_NAMES) as Weekday[];

/** "Mon", "Mon, Wed and Fri", "Mon to Fri", "every day". */
export function daysWords(days: readonly Weekday[]): string {
  const indexes = [...new Set(days)].map((day) => WEEKDAY_ORDER.indexOf(day)).toSorted((a, b) => a - b);
  const names = indexes.map((index) => WEEKDAY_NAMES[WEEKDAY_ORDER[index] ?? 'mo'].short);
  if (names.length === 7) return 'every day';
  const isRow = indexes.every((index, at) => at === 0 || index === (indexes[at - 1] ?? 0) + 1);
  return isRow && names.length > 2 ? `${names[0]} to ${names.at(-1)}` : listWords(names, 'and');
}

/** "a", "a and b", "a, b and c". */
export function listWords(items: readonly string[], word: 'and' | 'or'): string {
  if (items.length <= 1) return items[0] ?? '';
  return `${items.slice(0, -1).join(', ')} ${word} ${items.at(-1)}`;
}
