/**
 * Builders of PromQL text from untrusted parts. Every name is checked and every value escaped here, never by a caller.
 */

export type MatchOperator = '=' | '!=' | '=~' | '!~';

export interface LabelMatcher {
  label: string;
  operator: MatchOperator;
  /**
   * Value to match: literal text for `=` and `!=`; a regular expression for the other two (see {@link regexLiteral}).
   */
  value: string;
}

const METRIC_NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const LABEL_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/**
 * Quotes text as a PromQL string. Beside quote and backslash, line breaks and other control characters are escaped,
 * so that a value can never end the string or the line.
 */
export function quote(text: string): string {
  let out = '"';
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (character === '"' || character === '\\') out += `\\${character}`;
    else if (character === '\n') out += '\\n';
    else if (code < 0x20 || code === 0x7f) out += `\\x${code.toString(16).padStart(2, '0')}`;
    else out += character;
  }
  return `${out}"`;
}

/** Renders a regular expression (RE2) that matches just this text. */
export function regexLiteral(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
}

/** Renders `{label="value"}` that matches one of several texts. */
export function oneOf(label: string, values: readonly string[]): LabelMatcher {
  if (values.length === 1) return { label, operator: '=', value: values[0] ?? '' };
  return { label, operator: '=~', value: values.map(regexLiteral).join('|') };
}

/**
 * Renders a series selector such as `cpu_usage_idle{node_id="..."}`. A metric name that is no identifier (a field key
 * may be any text) is matched through `__name__`.
 *
 * @throws TypeError for a label name that is no identifier
 */
export function selector(metric: string | undefined, matchers: readonly LabelMatcher[] = []): string {
  const isPlain = metric !== undefined && METRIC_NAME.test(metric);
  const named: LabelMatcher[] =
    metric === undefined || isPlain ? [] : [{ label: '__name__', operator: '=', value: metric }];
  const parts = [...named, ...matchers].map(({ label, operator, value }) => {
    if (!LABEL_NAME.test(label)) throw new TypeError(`Not a label name: ${label}`);
    return `${label}${operator}${quote(value)}`;
  });
  const body = parts.length === 0 && isPlain ? '' : `{${parts.join(',')}}`;
  return (isPlain ? metric : '') + body;
}
