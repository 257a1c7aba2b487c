import { instantAt, wallClockAt } from '../zoned-time/index.ts';

const DAY_MS = 86_400_000;

/** The instant of a wall-clock time, and what is odd about that time. */
export interface Resolved {
  readonly instantMs: number;
  /** `skipped`: the clocks leave it out; `repeated`: they show it twice. */
  readonly kind: 'plain' | 'skipped' | 'repeated';
}

/**
 * Finds the instant of a wall-clock time: the first one where it comes twice, and the first instant after the gap where the
 * clocks leave it out.
 */
export function resolveWallTime(wallMs: number, zone: string): Resolved {
  const instantMs = instantAt(wallMs, zone);
  if (wallClockAt(instantMs, zone) !== wallMs) return { instantMs, kind: 'skipped' };
  const dayLater = instantMs + DAY_MS;
  // By the offset after a change of the clocks.
  const second = wallMs - (wallClockAt(dayLater, zone) - dayLater);
  const isRepeated = second > instantMs && wallClockAt(second, zone) === wallMs;
  return { instantMs, kind: isRepeated ? 'repeated' : 'plain' };
}

/** Writes an instant as the clocks of a zone show it, with their offset (RFC 3339). */
export function localText(instantMs: number, zone: string): string {
  const wallMs = wallClockAt(instantMs, zone);
  const offset = Math.round((wallMs - instantMs) / 60_000);
  const [hours, minutes] = [Math.trunc(Math.abs(offset) / 60), Math.abs(offset) % 60].map((part) =>
    String(part).padStart(2, '0'),
  );
  return `${new Date(wallMs).toISOString().slice(0, 19)}${offset < 0 ? '-' : '+'}${hours}:${minutes}`;
}
