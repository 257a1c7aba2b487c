/** Most characters that people are told. */
const WORDS_MAX = 400;
/** Most characters of a reason that are looked through. */
const READ_MAX = 4000;

/** The begin of a message that repeats the query: `error when executing query="…" for (time=1, step=2): `. */
const REPEATED =
  /^(?:[a-z ]*(?:execut|evaluat|pars)[a-z ]*=?\s?(?:"(?:[^"\\]|\\.)*"|`[^`]*`)[^:"`]*|cannot execute query): /i;

/** Pieces of the query and series with their labels: they are of the person who asked, and are left as they are. */
const OF_THE_QUERY = /(`[^`]*`|\{(?:"(?:[^"\\]|\\.)*"|[^"{}])*\})/;

/** What else is quoted, a name of a label or a part of the query among it. */
const QUOTED = /"(?:[^"\\]|\\.)*"/g;

/** What names a place of the store: what comes first takes more. */
const PLACES: readonly RegExp[] = [
  // A URL.
  /\b[a-z][a-z0-9+.-]*:\/\/[^\s"'`,;)]+/gi,
  // A path of Windows, one from the root, and one with two slashes or more: a division has one.
  /\b[a-z]:\\[^\s"',;)]+/gi,
  /(?<=^|[\s"'(=:])\/[^\s"',;:)]+/g,
  /[\w.-]+(?:\/[\w.-]+){2,}/g,
  // IPv4 and IPv6, with a port or without.
  /\b\d{1,3}(?:\.\d{1,3}){3}\b(?::\d+)?/g,
  /\[[^\]\s]*:[^\]\s]*:[^\]\s]*\](?::\d+)?/g,
  /(?<![\w:])(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}/gi,
  /(?<![\w:])(?:[0-9a-f]{1,4}:)*[0-9a-f]{0,4}::(?:[0-9a-f]{1,4}:)*[0-9a-f]{1,4}/gi,
  // A name with a port or a domain; with a minus before it, it is a flag of the store, which says what to change.
  /(?<![-\w.])[a-z][a-z0-9._-]*:\d{2,5}\b/gi,
  /(?<![-\w.])[a-z0-9][\w-]*(?:\.[\w-]+)*\.[a-z]{2,}\b/gi,
  // A name alone, where it stands for a host.
  /(?<=\blookup )[\w.-]+/gi,
  /(?<=\bvm[a-z]+ (?:node )?)"[^"]*"/gi,
];

/**
 * Says what a store has against a query, for people: without the query itself, and without hosts, URLs and paths of the
 * store.
 */
export function storeWords(message: string): string {
  const parts = reasonIn(message).slice(0, READ_MAX).split(OF_THE_QUERY);
  return cutAtWord(parts.map((part, index) => (index % 2 === 0 ? withoutPlaces(part) : part)).join(''));
}

/** Leaves all pieces of the query and of its series out of what a store says, so that the store's own words are left. */
export function withoutQuery(message: string): string {
  return reasonIn(message)
    .split(OF_THE_QUERY)
    .filter((_, index) => index % 2 === 0)
    .join('')
    .replace(QUOTED, '');
}

/** Leaves out how a message begins that repeats the query: what is wrong with it comes after. */
function reasonIn(message: string): string {
  let text = message;
  while (REPEATED.test(text)) text = text.replace(REPEATED, '');
  return text;
}

function withoutPlaces(text: string): string {
  return PLACES.reduce((left, place) => left.replace(place, '…'), text);
}

/** Shortens a text at the end of a word. */
function cutAtWord(text: string): string {
  const flat = text.trim().replace(/\s+/g, ' ');
  if (flat.length <= WORDS_MAX) return flat;
  const cut = flat.slice(0, WORDS_MAX - 2);
  const end = cut.lastIndexOf(' ');
  return `${(end > 0 ? cut.slice(0, end) : cut).toWellFormed()} …`;
}
