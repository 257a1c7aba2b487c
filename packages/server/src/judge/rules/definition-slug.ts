import { foldText } from '@stratora/contract';

const SLUG_MAX = 48;

/**
 * Makes the slug of a definition of one's own from its name: `disk-of-the-archive`. It always has a `-`, and those of
 * shipped definitions never do, so that a later version of the product can ship what it likes.
 */
export function slugOf(name: string): string {
  const words = foldText(name)
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, SLUG_MAX)
    .replaceAll(/^-+|-+$/g, '');
  if (words.includes('-')) return words;
  return words === '' ? 'own-rule' : `own-${words}`;
}

/** Returns a slug, or the slug with the first number behind it by which it is none of those that are taken. */
export function freeSlug(slug: string, taken: ReadonlySet<string>): string {
  let fresh = slug;
  for (let number = 2; taken.has(fresh); number += 1) fresh = `${slug}-${number}`;
  return fresh;
}
