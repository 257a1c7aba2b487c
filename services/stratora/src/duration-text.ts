const UNIT_SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, min: 60, h: 3600, d: 86_400 };

/** Reads a duration such as `90m`, `2h` or `1h30m`. @returns seconds; undefined where it is none */
export function readDuration(text: string): number | undefined {
  if (!/^(\d{1,7}(min|[smhd]))+$/.test(text)) return undefined;
  let seconds = 0;
  for (const [, count, unit] of text.matchAll(/(\d+)(min|[smhd])/g))
    seconds += Number(count) * (UNIT_SECONDS[unit ?? ''] ?? 0);
  return seconds > 0 ? seconds : undefined;
}
