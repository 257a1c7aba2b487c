/** The address to go to after login: only a path of this site, never another host (`//evil`, `/\evil`, `https:`). */
export function safeNext(next: string | null): string {
  if (next === null || !next.startsWith('/') || /^\/[\\/]/.test(next)) return '/';
  const url = new URL(next, 'https://stratora.invalid');
  return url.origin === 'https://stratora.invalid' && url.pathname !== '/login'
    ? url.pathname + url.search + url.hash
    : '/';
}
