import { createHash } from 'node:crypto';

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';

/** Pattern of texts that differ from one run to the next, recognised by their form. */
const VOLATILE = new RegExp(
  [
    String.raw`(?<pem>-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----\n?)`,
    `(?<id>${UUID})`,
    String.raw`(?<time>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d))`,
    String.raw`(?<key>sk_stra_[\w-]{43})`,
    String.raw`(?<token>enroll_[\w-]{20,})`,
    String.raw`(?<jwt>eyJ[\w-]+\.[\w-]+\.[\w-]+)`,
    String.raw`(?<mask>(?<=\*\*\* )[0-9a-f]{8}\b)`,
    String.raw`(?<tag>(?<=")[\w-]{16}\.[\w-]{16}(?="))`,
    String.raw`(?<hash>\b[0-9a-f]{64}\b)`,
  ].join('|'),
  'g',
);
/** The first year whose times are replaced; earlier ones were given by the test and stay. */
const FIRST_YEAR = 2024;
const PROCESSOR = /\b(x64|arm64)\b/;

/** Replacements by the name of a field, where the value alone does not tell. */
const FIELD_RULES: Readonly<Record<string, (value: unknown) => unknown>> = {
  request_id: () => '<request>',
  next_cursor: () => '<cursor>',
  clock_skew_seconds: (value) => Math.round(Number(value)),
};

/**
 * Makes the answers of a server the same in every run: ids, hashes, keys and times become placeholders. The same id has
 * the same placeholder wherever it stands, so that references between answers still show.
 */
export class AnswerNormalizer {
  readonly #placeholders = new Map<string, string>();
  readonly #counts = new Map<string, number>();

  /** Sets the placeholder of an id, or of any other text that has none yet. */
  name(text: string, name: string): void {
    if (!this.#placeholders.has(text)) this.#placeholders.set(text, `<${name}>`);
  }

  text(text: string): string {
    return text.replace(VOLATILE, (found: string, ...rest: unknown[]) => {
      const groups = rest.at(-1) as Record<string, string | undefined>;
      const kind = Object.keys(groups).find((name) => groups[name] !== undefined) ?? 'id';
      if (kind === 'time') return Number(found.slice(0, 4)) < FIRST_YEAR ? found : '<time>';
      if (kind === 'pem' || kind === 'jwt' || kind === 'tag') return `<${kind}>`;
      return this.#placeholder(kind, found);
    });
  }

  /** Normalises any JSON value; placeholders are numbered in the order of its fields. */
  value(value: unknown): unknown {
    if (typeof value === 'string') return this.text(value);
    if (Array.isArray(value)) return value.map((item) => this.value(item));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([field, inner]) => {
        const rule = FIELD_RULES[field];
        return [this.text(field), rule && inner !== null ? rule(inner) : this.value(inner)];
      }),
    );
  }

  /** Returns a placeholder for a long text: its number of lines and a hash that tells it from another. */
  digest(text: string): string {
    const lines = this.text(text).split('\n');
    // Some of these lines name the machine that the server runs on.
    const normal = lines.filter((line) => !PROCESSOR.test(line)).join('\n');
    const digest = createHash('sha256').update(normal).digest('hex').slice(0, 12);
    return `<${lines.length} lines, ${digest}>`;
  }

  #placeholder(kind: string, found: string): string {
    const known = this.#placeholders.get(found);
    if (known !== undefined) return known;
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    const placeholder = `<${kind}:${count}>`;
    this.#placeholders.set(found, placeholder);
    return placeholder;
  }
}
