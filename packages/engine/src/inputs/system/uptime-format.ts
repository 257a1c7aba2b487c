/** Renders `12 days,  3:07`, as `uptime` does: hours padded to two places. */
export function formatUptime(seconds: number): string {
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor(seconds / 3600) % 24;
  const minutes = Math.floor(seconds / 60) % 60;
  const time = `${String(hours).padStart(2)}:${String(minutes).padStart(2, '0')}`;
  return days === 0 ? time : `${days} day${days === 1 ? '' : 's'}, ${time}`;
}
