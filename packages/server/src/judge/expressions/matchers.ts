import type { LabelMatcher } from '@stratora/victoriametrics';

/** Brings matchers into their one order (label, operator, value), each once. */
export function orderedMatchers(matchers: readonly LabelMatcher[]): LabelMatcher[] {
  const byKey = new Map(
    matchers.map(({ label, operator, value }) => [
      JSON.stringify([label, operator, value]),
      { label, operator, value },
    ]),
  );
  return [...byKey.values()].sort(
    (a, b) => order(a.label, b.label) || order(a.operator, b.operator) || order(a.value, b.value),
  );
}

/** Brings labels into their one order, each once. */
export function orderedLabels(labels: readonly string[]): string[] {
  return [...new Set(labels)].sort(order);
}

function order(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Tells whether a matcher leaves out the series that do not have its label. */
export function demandsLabel({ operator, value }: LabelMatcher): boolean {
  switch (operator) {
    case '=':
      return value !== '';
    case '!=':
      return value === '';
    case '=~':
      return !matchesNothing(value);
    case '!~':
      return matchesNothing(value);
  }
}

/** Tells whether a regular expression of RE2 matches the empty text; true for what this cannot tell. */
function matchesNothing(expression: string): boolean {
  try {
    return new RegExp(`^(?:${expression})$`, 'u').test('');
  } catch {
    return true;
  }
}

/** What a regular expression may not hold, since RE2 knows it not. */
const NOT_RE2 = /^\(\?(?:[=!]|<[=!])/;

/** Says what the store would refuse in a regular expression; undefined when nothing is found. */
export function regexFault(expression: string): string | undefined {
  let depth = 0;
  for (let at = 0; at < expression.length; at += 1) {
    const character = expression[at];
    if (character === '\\') {
      const next = expression[at + 1];
      if (next === undefined) return 'it ends with a backslash';
      if (/[1-9]/.test(next)) return `it refers back to a group (\\${next})`;
      at += 1;
    } else if (character === '[') {
      const end = classEnd(expression, at);
      if (end === undefined) return 'a [ is not closed';
      at = end;
    } else if (character === '(') {
      if (NOT_RE2.test(expression.slice(at, at + 4))) return 'it looks ahead or behind';
      depth += 1;
    } else if (character === ')') {
      depth -= 1;
      if (depth < 0) return 'a ) closes nothing';
    } else if (character !== undefined && '*+?'.includes(character)) {
      const before = expression[at - 1];
      // Behind `(` a question mark begins a group's kind.
      const repeatsNothing = at === 0 || before === '|' || (before === '(' && character !== '?');
      const isEscaped = at > 1 && expression[at - 2] === '\\';
      if (repeatsNothing && !isEscaped) return `a ${character} has nothing to repeat`;
    }
  }
  return depth > 0 ? 'a ( is not closed' : undefined;
}

/** Finds the end of a character class; a `]` that is its first member is a member. */
function classEnd(expression: string, begin: number): number | undefined {
  let at = expression[begin + 1] === '^' ? begin + 2 : begin + 1;
  if (expression[at] === ']') at += 1;
  for (; at < expression.length; at += 1) {
    if (expression[at] === '\\') at += 1;
    else if (expression.startsWith('[:', at)) {
      const end = expression.indexOf(':]', at);
      if (end >= 0) at = end + 1;
    } else if (expression[at] === ']') return at;
  }
  return undefined;
}

/** Tells whether a text is the name of a label as rules write it. */
export function isLabelName(text: string): boolean {
  return /^[a-zA-Z_][a-zA-Z0-9_]*$/.test(text);
}
