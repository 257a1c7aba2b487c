import { randomUUID } from 'node:crypto';
import type { SchemaPart } from '@stratora/testkit';

/** Values that people and programs send by mistake or on purpose, of every kind. */
const ODD: readonly unknown[] = [
  null,
  '',
  ' ',
  'a'.repeat(5000),
  '\ud800',
  'a\u0000b',
  '\u202e',
  '🦊é中',
  "' OR 1=1 --",
  '../../etc/passwd',
  '${x} {{x}} @{x}',
  'https://user:secret@h/',
  '0x0a000001',
  '224.0.0.1',
  'NaN',
  '2026-13-45T99:00:00Z',
  -1,
  0,
  1.5,
  1e308,
  2_147_483_648,
  9_007_199_254_740_992,
  true,
  [],
  {},
  [[[[]]]],
  { constructor: 1 },
];

/** Texts for fields whose form their name tells better than their schema. */
const BY_NAME: Readonly<Record<string, readonly string[]>> = {
  ip_address: ['10.9.8.7', 'fe80::1%eth0', 'plc-7.plant.example', '2001:DB8::1', '::ffff:10.0.0.1'],
  url: ['https://plc-7.plant.example:8443/a?b=c', 'http://10.9.8.7'],
  template: ['ping', 'generic-snmp', 'linux-agent', 'none-such'],
  slug: ['ping', 'generic-snmp', 'none-such'],
  username: ['admin', 'admin', 'operator-7'],
  password: ['correct horse battery', 'correct horse battery', 'short'],
  new_password: ['a good enough pass phrase', 'short'],
  sort: ['name', '-name', 'created_at', 'status', 'none'],
  query: ['up', 'refused(', 'sum by (node_id) (up)'],
  expr: ['queue_length', 'max by (node_id) (rate(queue_length[1m]))', 'sum(up)', 'rate(up)', '{'],
  summary: ['{{ $node }}: {{ $value | percent }}', '{{ $labels.disk }}', '{{ if }}'],
  runbook_url: [
    'https://wiki.plant.example/queue#full',
    'docs/reference/alert-rules.md#service',
    'javascript:1',
  ],
  'match[]': ['up', '{', '{node_id="n"}'],
  step: ['30s', '1m', '15', 'long'],
  start: ['1700000000', '2026-01-31T12:00:00Z'],
  end: ['1700000600', '2026-01-31T13:00:00Z'],
  time: ['1700000000', 'now', '09:00'],
  timezone: ['Europe/Berlin', 'Australia/Lord_Howe', 'Mars/Olympus'],
  starts_on: ['2026-10-05', '9999-12-31', '1970-01-01'],
  at: ['2026-03-29T01:00:00Z', '1970-01-01T00:00:00Z', '9998-12-31T23:59:59Z'],
  component_time: ['2026-01-31T12:00:00Z', 'yesterday'],
  from: ['2026-01-31T12:00:00Z', '08:00', '22:00', '-271821-04-20T00:00:00Z'],
  to: ['2026-01-31T12:00:01Z', '17:00', '24:00', '+275760-09-13T00:00:00Z'],
  starts_at: ['2027-01-01T22:00:00Z', '2027-01-01T22:30:00+01:00'],
  ends_at: ['2027-01-01T23:00:00Z', '2027-01-01T23:30:00Z'],
  rrule: ['FREQ=WEEKLY', 'FREQ=MONTHLY;BYDAY=-1FR', 'FREQ=YEARLY', 'FREQ=HOURLY'],
  exdates: ['2027-01-08', '2027-01-15T22:00:00Z'],
  oldest: ['2026-01-31T12:00:00Z', 'long ago'],
  generation: ['1', '2', '0'],
  archive: ['stratora-any.tar.gz', 'none.tar.gz'],
};

/** Times of the form that is asked for. */
const TIMES = [
  '2026-01-31T12:00:00Z',
  '2026-03-29T03:30:00+02:00',
  '2026-10-25T00:30:00Z',
  '2027-02-01T00:00:00Z',
];

/** Candidates for texts of which the schema gives a pattern only. */
const BY_PATTERN = ['ping', 'name', 'operator-1', '1', 'a_b', '10.0.0.0/8', '1.3.6.1'];

/** Makes values by JSON schemas, all of one seed: fitting ones, and ones with a fault somewhere. */
export class ValueSource {
  /** Things that are there, by the name of a field or parameter that may refer to one. */
  readonly known = new Map<string, string[]>();
  readonly #random: () => number;

  constructor(random: () => number) {
    this.#random = random;
  }

  chance(share: number): boolean {
    return this.#random() < share;
  }

  below(bound: number): number {
    return Math.floor(this.#random() * bound);
  }

  pick<T>(from: readonly T[]): T {
    const value = from[this.below(from.length)];
    if (value === undefined) throw new Error('there is nothing to pick from');
    return value;
  }

  odd(): unknown {
    return this.pick(ODD);
  }

  /** Notes a thing under each name that may refer to it; the newest few are kept. */
  note(names: readonly string[], value: string): void {
    for (const name of names) this.known.set(name, [...(this.known.get(name) ?? []), value].slice(-12));
  }

  /** Makes a value that mostly fits. @param name the name of the field */
  fitting(schema: SchemaPart | undefined, name = ''): unknown {
    if (schema === undefined) return this.odd();
    const choice = (schema['anyOf'] ?? schema['oneOf']) as SchemaPart[] | undefined;
    if (choice) return this.fitting(this.pick(choice), name);
    if ('const' in schema) return schema['const'];
    const values = schema['enum'] as unknown[] | undefined;
    if (values) return this.pick(values);
    if (schema['type'] === undefined) return this.odd();
    const types = [schema['type']].flat();
    switch (this.pick(types)) {
      case 'object':
        return this.#object(schema);
      case 'array':
        return Array.from({ length: this.below(4) + Number(schema['minItems'] ?? 0) }, () =>
          this.fitting(schema['items'] as SchemaPart, name),
        );
      case 'integer':
        return Math.floor(this.#number(schema));
      case 'number':
        return this.#number(schema);
      case 'boolean':
        return this.chance(0.5);
      case 'null':
        return null;
      case 'string':
        return this.#text(schema, name);
      default:
        return this.odd();
    }
  }

  /** Makes a value of which something does not fit. */
  faulty(schema: SchemaPart | undefined): unknown {
    const value = structuredClone(this.fitting(schema));
    if (typeof value !== 'object' || value === null || this.chance(0.05)) return this.odd();
    this.#damage(value as Record<string, unknown>);
    return value;
  }

  #damage(value: Record<string, unknown>): void {
    const keys = Object.keys(value);
    const key = keys.length === 0 ? '' : this.pick(keys);
    const inner = value[key];
    if (typeof inner === 'object' && inner !== null && this.chance(0.5))
      this.#damage(inner as Record<string, unknown>);
    else if (key === '' || this.chance(0.15))
      value[this.pick(['surprise', '', 'id', 'a\u0000'])] = this.odd();
    else if (this.chance(0.2)) delete value[key];
    else value[key] = this.odd();
  }

  #object(schema: SchemaPart): Record<string, unknown> {
    const properties = Object.entries((schema['properties'] ?? {}) as Record<string, SchemaPart>);
    const required = (schema['required'] ?? []) as string[];
    const made = properties
      .filter(([name]) => required.includes(name) || this.chance(0.5))
      .map(([name, part]) => [name, this.fitting(part, name)]);
    const rest = schema['additionalProperties'];
    if (typeof rest === 'object' && rest !== null && properties.length === 0)
      made.push(['community', this.fitting(rest as SchemaPart, 'community')]);
    return Object.fromEntries(made) as Record<string, unknown>;
  }

  #number({ minimum, maximum }: SchemaPart): number {
    const least = Math.max(Number(minimum ?? 0), -1e6);
    const most = Math.min(Number(maximum ?? least + 1000), least + 1e6);
    return this.chance(0.1)
      ? this.pick([Number(minimum ?? 0), Number(maximum ?? 1000)])
      : least + this.#random() * (most - least);
  }

  #text(schema: SchemaPart, name: string): string {
    const known = this.known.get(name);
    if (known && this.chance(0.8)) return this.pick(known);
    const pattern = schema['pattern'];
    const form = typeof pattern === 'string' ? new RegExp(pattern, 'u') : undefined;
    const named = BY_NAME[name];
    if (named) {
      const fitting = named.filter((text) => form === undefined || form.test(text));
      return this.pick(fitting.length > 0 && this.chance(0.9) ? fitting : named);
    }
    if (schema['format'] === 'uuid') return randomUUID();
    if (schema['format'] === 'date-time') return this.pick(TIMES);
    const fits = form && BY_PATTERN.filter((text) => form.test(text));
    if (fits && fits.length > 0) return this.pick(fits);
    const least = Number(schema['minLength'] ?? 0);
    const words = `${this.pick(['north', 'Zürich', 'plc', 'гора', 'a b'])} ${this.below(40)}`;
    return words.padEnd(least, 'x').slice(0, Number(schema['maxLength'] ?? 200));
  }
}
