import { z } from 'zod';

/** A field that is not valid, as `errors` of a problem document names it. */
export interface FieldFault {
  path: string;
  message: string;
}

type Issue = z.core.$ZodRawIssue;

const KINDS: Readonly<Record<string, string>> = {
  string: 'must be text',
  number: 'must be a number',
  int: 'must be a whole number',
  boolean: 'must be true or false',
  array: 'must be a list',
  object: 'must be an object',
  record: 'must be an object',
  null: 'must be null',
};

const FORMATS: Readonly<Record<string, string>> = {
  uuid: 'must be a UUID',
  url: 'must be a URL',
  email: 'must be a mail address',
  datetime: 'must be a time such as 2026-01-31T12:00:00Z',
};

/** The words for what has none of its own in its schema; to be given to zod as `error`. */
export const plainWords: z.core.$ZodErrorMap = (issue) => {
  if (issue.code === 'invalid_type') return issue.input === undefined ? 'is required' : kindWords(issue);
  if (issue.code === 'invalid_value') return issue.input === undefined ? 'is required' : oneOf(issue.values);
  if (issue.code === 'invalid_union') return unionWords(issue);
  if (issue.code === 'too_small') return boundWords(issue, 'least', Number(issue.minimum));
  if (issue.code === 'too_big') return boundWords(issue, 'most', Number(issue.maximum));
  if (issue.code === 'invalid_format')
    return FORMATS[String(issue.format)] ?? 'is not in the form that is taken here';
  if (issue.code === 'not_multiple_of') return `must be a multiple of ${String(issue.divisor)}`;
  if (issue.code === 'invalid_key') return 'is not a name that may stand here';
  if (issue.code === 'unrecognized_keys') return 'is not known here';
  return 'is not valid';
};

function kindWords({ expected }: Issue): string {
  return KINDS[String(expected)] ?? 'is not valid';
}

function oneOf(values: readonly unknown[]): string {
  const names = values.map(String);
  const last = names.at(-1) ?? '';
  return names.length < 2 ? `must be ${last}` : `must be one of ${names.slice(0, -1).join(', ')} or ${last}`;
}

/** What is said of a number that no field takes, where the field has no bound of its own. */
const TOO_FAR = 'is too far from zero';

/** Finds the words where nothing of a choice fits; the field that decides about the choice may be missing. */
function unionWords({ input, discriminator, options }: Issue): string {
  if (input === undefined) return 'is required';
  if (typeof discriminator !== 'string' || !Array.isArray(options))
    return 'has none of the forms that are taken here';
  const tag = (input as Record<string, unknown>)[discriminator];
  return tag === undefined ? 'is required' : oneOf(options);
}

function boundWords({ origin, inclusive, note }: Issue, end: 'least' | 'most', bound: number): string {
  if (origin === 'string' || origin === 'array' || origin === 'set') {
    if (end === 'least' && bound === 1) return 'must not be empty';
    const noun = origin === 'string' ? 'character' : bound === 1 ? 'entry' : 'entrie';
    return `must have at ${end} ${bound} ${noun}${bound === 1 ? '' : 's'}`;
  }
  // The bound of every integer, noted before that of the field.
  if (origin === 'int' && note !== undefined) return TOO_FAR;
  if (inclusive === false) return `must be ${end === 'least' ? 'more' : 'less'} than ${bound}`;
  return `must be at ${end} ${bound}`;
}

/**
 * Lists what is wrong, one message per field: the first, since the others mostly follow from it. A field that is not
 * known stands with its own path.
 * @param before the path of what was checked
 */
export function fieldFaults(
  error: Pick<z.core.$ZodError, 'issues'>,
  before: readonly PropertyKey[] = [],
): FieldFault[] {
  const faults = new Map<string, string>();
  for (const issue of error.issues) {
    const path = [...before, ...issue.path];
    const paths = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...path, key]) : [path];
    for (const each of paths) {
      const name = each.map(String).join('.');
      const known = faults.get(name);
      if (known === undefined || known === TOO_FAR) faults.set(name, issue.message);
    }
  }
  return [...faults].map(([path, message]) => ({ path, message }));
}

/**
 * Says of a choice what is wrong with the form that was meant, where that is clear: one alone has faults inside of it, and
 * none in being what it is.
 */
export function narrowUnions({ issues }: Pick<z.core.$ZodError, 'issues'>): Pick<z.core.$ZodError, 'issues'> {
  return { issues: issues.flatMap(narrowed) };
}

function narrowed(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const meant = issue.errors.filter(
    (issues) => issues.length > 0 && issues.every(({ path, code }) => path.length > 0 || code === 'custom'),
  );
  const [only, ...others] = meant;
  if (only === undefined || others.length > 0) return [issue];
  return only.flatMap((inner) => narrowed({ ...inner, path: [...issue.path, ...inner.path] }));
}
