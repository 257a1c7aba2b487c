export const PASSWORD_MIN_LENGTH = 12;

/** Words that everyone tries first, alone and with a number or a sign behind them. Small letters only. */
const COMMON_WORDS = [
  'administrator',
  'infrastructure',
  'monitoring',
  'correcthorsebatterystaple',
  'trustno1',
  'whatever',
  'changeme',
  'password',
  'passwort',
  'kennwort',
  'motdepasse',
  'contrasena',
  'parola',
  'welcome',
  'willkommen',
  'stratora',
  'telegraf',
  'victoria',
  'metrics',
  'internet',
  'computer',
  'superman',
  'football',
  'baseball',
  'princess',
  'sunshine',
  'starwars',
  'iloveyou',
  'letmein',
  'default',
  'monitor',
  'network',
  'service',
  'support',
  'company',
  'server',
  'system',
  'secret',
  'shadow',
  'master',
  'dragon',
  'monkey',
  'qwerty',
  'qwertz',
  'azerty',
  'summer',
  'winter',
  'spring',
  'autumn',
  'access',
  'temp',
  'login',
  'admin',
  'hallo',
  'hello',
  'guest',
  'super',
  'start',
  'pass',
  'user',
  'root',
  'test',
  'snmp',
  'demo',
];

/** Rows and columns of keyboards (QWERTY, QWERTZ, AZERTY), along which a finger runs. */
const KEY_RUNS = [
  '1234567890',
  'qwertyuiop',
  'qwertzuiop',
  'azertyuiop',
  'asdfghjkl',
  'qsdfghjklm',
  'zxcvbnm',
  'yxcvbnm',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm',
  '1q2w3e4r5t6y7u8i9o0p',
  '!@#$%^&*()',
  '!"§$%&/()=',
];
const NEIGHBOURS = new Set(
  KEY_RUNS.flatMap((run) =>
    Array.from(run, (_, at) => run.slice(at, at + 2)).filter(({ length }) => length === 2),
  ),
);

/** Letters that are often written as these signs. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  '@': 'a',
  '4': 'a',
  '3': 'e',
  '1': 'i',
  '!': 'i',
  '0': 'o',
  $: 's',
  '5': 's',
  '7': 't',
};

/** Fewest characters that are neither a repetition nor the next of a row. */
const UNRELATED_MIN = 6;
/** Fewest of them beside the owner's names and well-known words. */
const OWN_CHARACTERS_MIN = 7;
/** Fewest letters of a user's name that count as one. */
const NAME_MIN_LENGTH = 3;

/**
 * Says what makes a password too easy to guess; undefined for one that may be used. One rule for every place where a
 * password is chosen. It is about what guessing tries first, and no measure of strength.
 *
 * @param names names of its owner: user name and display name
 */
export function passwordFault(password: string, names: readonly string[] = []): string | undefined {
  if (Array.from(password).length < PASSWORD_MIN_LENGTH)
    return `must have at least ${PASSWORD_MIN_LENGTH} characters`;
  const text = password.normalize('NFKC').toLowerCase();
  if (repeatsItself(text)) return 'must not be the same few characters again and again';
  if (ownCharacters(text) < UNRELATED_MIN) return 'must not be a row of neighbouring characters or keys';
  const owner = names.flatMap(partsOf);
  const rest = without(text, owner);
  if (rest !== text && ownCharacters(rest) < OWN_CHARACTERS_MIN) return "must be more than the user's name";
  if (ownCharacters(without(text, [...owner, ...COMMON_WORDS])) < OWN_CHARACTERS_MIN) {
    return 'must be more than a word that everyone tries first';
  }
  return undefined;
}

/** Whether a text is one piece of at most half its length, again and again. */
function repeatsItself(text: string): boolean {
  const characters = Array.from(text);
  for (let period = 1; period <= characters.length / 2; period += 1) {
    if (characters.every((character, at) => at < period || character === characters[at - period]))
      return true;
  }
  return false;
}

/** Mark of a part that was taken out; it counts as nothing, and neighbours of it as no row. */
const GAP = '\u0000';

/** Counts the characters that the one before them does not already tell. */
function ownCharacters(text: string): number {
  let count = 0;
  let before = '';
  for (const character of text) {
    if (character !== GAP && !follows(before, character)) count += 1;
    before = character;
  }
  return count;
}

function follows(before: string, character: string): boolean {
  if (before === '') return false;
  const step = (character.codePointAt(0) ?? 0) - (before.codePointAt(0) ?? 0);
  const isRow = /^[\p{L}\p{N}]{2}$/u.test(before + character) && Math.abs(step) === 1;
  return step === 0 || isRow || NEIGHBOURS.has(before + character) || NEIGHBOURS.has(character + before);
}

/** Lists the words of a name, and the whole without what stands between them. */
function partsOf(name: string): string[] {
  const text = name.normalize('NFKC').toLowerCase();
  const parts = [text, text.replaceAll(/[^\p{L}\p{N}]/gu, ''), ...text.split(/[^\p{L}\p{N}]+/u)];
  return parts.filter(({ length }) => length >= NAME_MIN_LENGTH);
}

/** Takes words out of a text, also where signs stand for their letters. Lengths stay: one sign is one letter. */
function without(text: string, words: readonly string[]): string {
  const characters = Array.from(text);
  // The longest first: what is left of a word must not hide another one.
  const longestFirst = words.toSorted((a, b) => b.length - a.length);
  const plain = characters.map((character) => LOOKALIKES[character] ?? character);
  for (const form of [characters, plain]) {
    for (const word of longestFirst) takeOut(characters, form, Array.from(word));
  }
  return characters.join('');
}

function takeOut(characters: string[], form: readonly string[], word: readonly string[]): void {
  for (let at = 0; at + word.length <= characters.length; at += 1) {
    if (word.every((letter, offset) => form[at + offset] === letter && characters[at + offset] !== GAP)) {
      characters.fill(GAP, at, at + word.length);
    }
  }
}
