/** Parses the entries of /proc/meminfo by key (proc_meminfo(5)): bytes where the file says kB, else the plain count. */
export function parseMeminfo(text: string): ReadonlyMap<string, number> {
  const entries = new Map<string, number>();
  for (const line of text.split('\n')) {
    const match = /^([^:]+):\s+(\d+)( kB)?\s*$/.exec(line);
    if (match === null) continue;
    const [, key = '', value = '', unit] = match;
    entries.set(key, Number(value) * (unit === undefined ? 1 : 1024));
  }
  return entries;
}
