import type { SnmpPace } from '@stratora/contract';

/** The paces of SNMP that the form offers, from its name to what it sets. */
export const PACES = {
  gentle: { requests_per_second: 5, getbulk: false, interval_seconds: 60 },
  very_gentle: { requests_per_second: 1, getbulk: false, interval_seconds: 300 },
} as const satisfies Readonly<Record<string, SnmpPace>>;

/** A pace as the form names it: empty for the template's, `own` for one that the form does not offer. */
export type PaceChoice = keyof typeof PACES | '' | 'own';

export const PACE_CHOICES: readonly { value: PaceChoice; label: string; note?: string }[] = [
  { value: '', label: 'As the template says' },
  { value: 'gentle', label: 'Gentle', note: '5 requests a second, row by row, once a minute at most' },
  {
    value: 'very_gentle',
    label: 'Very gentle',
    note: '1 request a second, row by row, once in five minutes at most',
  },
];

/** Names the pace of a node. */
export function paceChoice(pace: SnmpPace | null | undefined): PaceChoice {
  if (pace === null || pace === undefined) return '';
  const found = Object.entries(PACES).find(([, offered]) => isSame(pace, offered));
  return found === undefined ? 'own' : (found[0] as keyof typeof PACES);
}

function isSame(a: SnmpPace, b: SnmpPace): boolean {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]) as Set<keyof SnmpPace>;
  return [...keys].every((key) => a[key] === b[key]);
}

/** Says a pace in words. */
export function paceWords(pace: SnmpPace): string {
  const {
    requests_per_second: rate,
    getbulk,
    max_repetitions: rows,
    requests_per_cycle: most,
    interval_seconds: least,
  } = pace;
  const parts = [
    rate === undefined ? '' : `${rate} requests a second`,
    getbulk === false ? 'row by row' : '',
    rows === undefined ? '' : `${rows} rows at a time`,
    most === undefined ? '' : `${most} requests a cycle`,
    least === undefined ? '' : `every ${least} s at most`,
  ];
  return parts.filter((part) => part !== '').join(', ') || 'no bounds of its own';
}
