/** Decides over a name. */
export type NameFilter = (name: string) => boolean;

/**
 * Compiles a filter that lets names through which match any of the patterns: `*` any run of characters, `?` one,
 * `[a-z]` and `[!a-z]` one of a set, `{a,b}` alternatives, `\` before a character that stands for itself. As in
 * Telegraf 1.40, a backslash stands for itself as long as none of the patterns has one of `*?{}[]!`.
 *
 * @returns undefined when there is no pattern
 */
export function compileGlobs(patterns: readonly string[] = []): NameFilter | undefined {
  if (patterns.length === 0) return undefined;
  const isPlain = patterns.every((pattern) => !/[*?{}[\]!]/.test(pattern));
  const literal = new Set(patterns.filter((pattern) => isPlain || !/[*?[\]{}\\]/.test(pattern)));
  const globs = patterns.filter((pattern) => !literal.has(pattern)).map(compileGlob);
  return (name) => literal.has(name) || globs.some((glob) => glob.test(name));
}

/**
 * Compiles a filter that lets through what `include` matches and `exclude` does not; undefined when there are neither.
 */
export function compileIncludeExclude(
  include: readonly string[] | undefined,
  exclude: readonly string[] | undefined,
): NameFilter | undefined {
  const included = compileGlobs(include);
  const excluded = compileGlobs(exclude);
  if (included === undefined && excluded === undefined) return undefined;
  return (name) => (included?.(name) ?? true) && !(excluded?.(name) ?? false);
}

function compileGlob(glob: string): RegExp {
  let depth = 0;
  const source = glob.replace(/\\(.)|\[(!?)([^\]]*)\]|[\s\S]/g, (match, escaped, negated, set) => {
    if (typeof escaped === 'string') return escapeLiteral(escaped);
    if (typeof set === 'string')
      return `[${negated === '!' ? '^' : ''}${set.replace(/[\\^[]/g, String.raw`\$&`)}]`;
    if (match === '*') return '[\\s\\S]*';
    if (match === '?') return '[\\s\\S]';
    if (match === '{') {
      depth += 1;
      return '(?:';
    }
    if (match === '}' && depth > 0) {
      depth -= 1;
      return ')';
    }
    if (match === ',' && depth > 0) return '|';
    return escapeLiteral(match);
  });
  try {
    return new RegExp(`^${source}$`);
  } catch {
    return new RegExp(`^${escapeLiteral(glob)}$`);
  }
}

function escapeLiteral(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
}
