/** The refusal of a value that no telegraf.conf can carry to the engine as it is. */
export class UnrenderableValueError extends Error {
  /** Path in the model: `inputs.snmp[3].community`. */
  readonly path: string;

  constructor(path: string, message: string) {
    super(`${path}: ${message}`);
    this.name = 'UnrenderableValueError';
    this.path = path;
  }
}

const BARE_KEY = /^[A-Za-z0-9_-]+$/;
const QUOTABLE_KEY = /^[^$"\\\p{Cc}]*$/u;
/** Text with nothing to escape and nothing to double: nearly every text of a config. */
const PLAIN = /^[ !#%-[\]-~]*$/;
const SPECIAL = /["\\\p{Cc}\u2028\u2029\uFEFF]/gu;
const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '"': String.raw`\"`,
  '\\': '\\\\',
  '\n': String.raw`\n`,
  '\r': String.raw`\r`,
  '\t': String.raw`\t`,
};

/**
 * Writes a text as a TOML basic string that Telegraf and `decodeText` read back as it was.
 *
 * Telegraf expands `$NAME` and `${NAME...}` from its environment: with strict handling in the decoded value of every
 * string, without it in the text of the file. `$$` is a literal dollar sign in both, so every `$` is doubled; a TOML
 * escape would only work in the second.
 *
 * @throws UnrenderableValueError for half a surrogate pair, which UTF-8 cannot carry
 */
export function encodeText(text: string, path: string): string {
  if (PLAIN.test(text)) return `"${text}"`;
  if (!text.isWellFormed()) throw new UnrenderableValueError(path, 'the text holds half a surrogate pair');
  return `"${text.replace(SPECIAL, escapeCharacter).replaceAll('$', '$$$$')}"`;
}

/**
 * Undoes the doubling of `$`. References to variables stay as they stand, which is what Telegraf does with variables
 * that are not set: the engine's environment is not part of its config.
 */
export function decodeText(text: string): string {
  return text.includes('$$') ? text.replaceAll('$$', '$') : text;
}

/**
 * Writes a key: bare where it can be, else quoted.
 *
 * @throws UnrenderableValueError for keys with `$`, quotes, backslashes or control characters: whether Telegraf expands
 *   keys depends on how it was started, so there is no form that is always right
 */
export function encodeKey(key: string, path: string): string {
  if (BARE_KEY.test(key)) return key;
  if (key === '' || !QUOTABLE_KEY.test(key) || !key.isWellFormed()) {
    throw new UnrenderableValueError(path, `${JSON.stringify(key)} cannot be written as a key`);
  }
  return `"${key}"`;
}

function escapeCharacter(character: string): string {
  return SHORT_ESCAPES[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
