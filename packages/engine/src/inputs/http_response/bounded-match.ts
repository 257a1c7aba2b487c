import { createContext, Script } from 'node:vm';

/** Characters of a body that are searched: what a check looks for is in its first part. */
const MAX_SEARCHED_CHARACTERS = 1024 * 1024;
/** Timeout of a match: a pattern that tries too many ways on a hostile page would otherwise stop every other input. */
const MAX_MATCH_MS = 250;

const script = new Script('pattern.test(text)');
let realm: { pattern?: RegExp; text?: string } | undefined;

/** Whether the text matches; undefined when that could not be found out in time. */
export function matchesInTime(pattern: RegExp, text: string): boolean | undefined {
  realm ??= createContext({});
  realm.pattern = pattern;
  realm.text = text.slice(0, MAX_SEARCHED_CHARACTERS);
  try {
    return script.runInContext(realm, { timeout: MAX_MATCH_MS }) === true;
  } catch {
    return undefined;
  } finally {
    delete realm.text;
  }
}
