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

/** Returns a text, or the text with the first number behind it by which it is none of those that are taken. */
export function numbered(
  text: string,
  taken: ReadonlySet<string>,
  withNumber: (text: string, number: number) => string,
): string {
  let fresh = text;
  for (let number = 2; taken.has(fresh); number += 1) fresh = withNumber(text, number);
  return fresh;
}
