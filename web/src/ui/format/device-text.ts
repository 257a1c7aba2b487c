/** Characters of one line of a device's text; what is longer is cut. */
const LINE_MAX = 96;
/** Characters that are looked at: nobody reads more, and a device may say 64 KiB. */
const READ_MAX = 4_096;
/**
 * Controls, and what turns or hides the text around it: Unicode's classes Cc and Cf, with the separators of lines. The two
 * joiners of zero width belong to the spelling of words in several scripts, and stay.
 */
const HIDDEN = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/**
 * What a device says of itself as one line that people can read: without control characters, with single spaces, and cut.
 * @param max characters that are kept, the ellipsis of a cut among them
 */
export function deviceLine(text: string, max = LINE_MAX): string {
  const read = text.slice(0, READ_MAX).replaceAll(HIDDEN, ' ').replaceAll(/\s+/g, ' ').trim();
  const isCut = text.length > READ_MAX;
  const characters = Array.from(read);
  if (characters.length <= max && !isCut) return read;
  return `${characters
    .slice(0, max - 1)
    .join('')
    .trimEnd()}…`;
}
