import { type DefinitionFault, MAINTENANCE_SECONDS_MAX } from '@stratora/contract';
import {
  findOccurrences,
  nominalMs,
  readRecurrenceRule,
  shortestDistance,
} from '../../platform/recurrence/index.ts';
import { formatValue } from '../summary-text/index.ts';
import { type TimeFields, timesOf } from './window-times.ts';

const LONGEST_MS = MAINTENANCE_SECONDS_MAX * 1000;

/** Finds what is wrong with when a window is: its edges first, then its rule, then both together. */
export function timeFaults(fields: TimeFields): DefinitionFault[] {
  const { rrule, exdates } = fields;
  const times = timesOf(fields);
  const lastsMs = times.endsAt - times.startsAt;
  if (lastsMs <= 0) return [{ path: 'ends_at', message: 'must be after starts_at' }];
  if (lastsMs > LONGEST_MS) {
    return [{ path: 'ends_at', message: 'must be 30 days after starts_at at most' }];
  }
  if (rrule === null) {
    return exdates.length === 0
      ? []
      : [{ path: 'exdates', message: 'need a rule of which they are exceptions' }];
  }
  const read = readRecurrenceRule(rrule);
  return read.ok ? ruleFaults(fields) : [{ path: 'rrule', message: read.fault }];
}

function ruleFaults(fields: TimeFields): DefinitionFault[] {
  const times = timesOf(fields);
  const { until } = times.rule ?? {};
  const lastsMs = nominalMs(times);
  if (lastsMs <= 0) {
    return [{ path: 'ends_at', message: `must be after starts_at on the clocks of ${fields.timezone} too` }];
  }
  if (lastsMs > LONGEST_MS) {
    return [{ path: 'ends_at', message: 'must be 30 days after starts_at at most' }];
  }
  const from = times.startsAt - lastsMs;
  const whole = { ...times, exdates: [] };
  if (findOccurrences(whole, { from, limit: 1, withLeftOut: true }).length === 0) {
    const message = until === undefined ? 'cannot be followed' : 'UNTIL is before the first window';
    return [{ path: 'rrule', message }];
  }
  if (findOccurrences(times, { from, limit: 1, withLeftOut: true }).length === 0) {
    return [{ path: 'exdates', message: 'leave no window at all' }];
  }
  const distanceMs = shortestDistance(whole);
  if (distanceMs === undefined || lastsMs < distanceMs) return [];
  const [lasts, distance] = [lastsMs, distanceMs].map((ms) => formatValue(ms / 1000, 'duration'));
  const message = `makes windows that overlap: each lasts ${lasts}, and the next may begin ${distance} after it began`;
  return [{ path: 'rrule', message }];
}
