/** Compares versions of the product by their numbers (semver.org, section 11), without the parts behind them. */
export function compareProductVersions(a: string, b: string): number {
  const numbers = (version: string) =>
    /^(\d+)\.(\d+)\.(\d+)/.exec(version)?.slice(1).map(Number) ?? [0, 0, 0];
  const [left, right] = [numbers(a), numbers(b)];
  for (const [index, number] of left.entries()) {
    const difference = number - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
