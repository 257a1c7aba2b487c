import { describe, expect, it } from 'vitest';
import { freeSlug, slugOf } from './definition-slug.ts';

describe('the slug of a definition of one’s own', () => {
  it.each([
    ['Disk of the archive', 'disk-of-the-archive'],
    ['Größe: 80 % (Zürich)', 'grosse-80-zurich'],
    ['Service', 'own-service'],
    ['cpu_usage_percent', 'cpu-usage-percent'],
    ['磁盘', 'own-rule'],
    ['--', 'own-rule'],
  ])('%s is %s', (name, slug) => {
    expect(slugOf(name)).toBe(slug);
  });

  it('is short, and never ends in the middle of nothing', () => {
    const slug = slugOf('a very long name '.repeat(10));
    expect(slug.length).toBeLessThanOrEqual(48);
    expect(slug).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  });

  it('gets the first number that is free', () => {
    const taken = new Set(['a-b', 'a-b-2']);
    expect(freeSlug('a-b', taken)).toBe('a-b-3');
    expect(freeSlug('a-c', taken)).toBe('a-c');
  });
});
