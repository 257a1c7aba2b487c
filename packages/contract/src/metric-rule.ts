/**
 * Metric rules of device templates: what a row of a raw table becomes. `device-template.ts` tells how they are used.
 */
import { z } from 'zod';
import { compileExpression } from './metric-expression.ts';

/** The prefix of a measurement that is normalised and never stored. */
export const RAW_MEASUREMENT_PREFIX = 'raw_';

/** Names of measurements, of their tags and of their fields. */
export const metricNameSchema = z
  .string()
  .regex(/^[a-zA-Z_][a-zA-Z0-9_]{0,63}$/, 'must be letters, digits and _');

const expressionSchema = z.string().superRefine((text, context) => {
  try {
    compileExpression(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: `the expression ${(error as Error).message}` });
  }
});

/** The texts that a value is searched for, in their order, and what the first that it contains stands for. */
function containsSchema<T extends z.ZodType>(value: T) {
  return z
    .array(z.tuple([z.string().min(1).max(100), value]))
    .min(1)
    .max(64);
}

/**
 * The source of a tag of a rule: a column (tag or field of the raw row), the first of several that is not empty, a
 * column's value looked up in a map, or the first of some texts that a column contains (in any case of its letters), for
 * devices that say in a name alone what a sensor is; or a text with columns in braces (`Fan {index}`), which drops the
 * row where one of them is not there. A map without a matching entry, or a column without any of the
 * texts, drops the row, unless `default` is given; so does an entry that stands for the empty text.
 */
const tagSourceSchema = z.union([
  metricNameSchema,
  z.array(metricNameSchema).min(1).max(8),
  z.strictObject({
    from: metricNameSchema,
    map: z.record(z.string(), z.string()),
    default: z.string().optional(),
  }),
  z.strictObject({
    from: metricNameSchema,
    contains: containsSchema(z.string()),
    default: z.string().optional(),
  }),
  z.strictObject({
    text: z
      .string()
      .max(100)
      .regex(/^(?:[^{}]|\{[a-zA-Z_]\w{0,63}\})+$/, 'must be words, with columns in braces'),
  }),
]);

/** Lists the columns that a text of a tag names in braces. */
export function columnsInText(text: string): string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
}

/**
 * The source of a field of a rule: an expression over columns and over fields named before it in the same rule, a
 * column's value looked up in a map or searched for texts (nothing found: the field is left out), the number that follows
 * a text, for devices that put several numbers into a sentence ("5 Secs (12.5%)   60 Secs (9.1%)"), or the clock of a
 * device: the seconds by which a column that holds a DateAndTime in hex (`clockSkewSeconds`) is ahead of the time of its
 * row.
 */
const fieldSourceSchema = z.union([
  expressionSchema,
  z.strictObject({ clock: metricNameSchema }),
  z.strictObject({
    from: metricNameSchema,
    map: z.record(z.string(), z.number()),
    default: z.number().optional(),
  }),
  z.strictObject({
    from: metricNameSchema,
    contains: containsSchema(z.number()),
    default: z.number().optional(),
  }),
  z.strictObject({ from: metricNameSchema, after: z.string().min(1).max(100) }),
]);

/**
 * A rule that turns a row of a raw measurement into one to store. Several rules may read the same measurement; each
 * that applies writes a line.
 */
export const metricRuleSchema = z.strictObject({
  from: metricNameSchema.refine(
    (name) => name.startsWith(RAW_MEASUREMENT_PREFIX),
    `must start with ${RAW_MEASUREMENT_PREFIX}`,
  ),
  measurement: metricNameSchema.refine(
    (name) => !name.startsWith(RAW_MEASUREMENT_PREFIX),
    `must not start with ${RAW_MEASUREMENT_PREFIX}`,
  ),
  /** The row must have one of these values in each of these columns. OIDs are written with a leading dot. */
  when: z.record(metricNameSchema, z.array(z.union([z.string(), z.number()])).min(1)).default({}),
  /** The row must have none of these columns. */
  unless: z.array(metricNameSchema).default([]),
  /** The row's own tags (those of the raw table) that stay; tags of the node always do. */
  keep_tags: z.array(metricNameSchema).default([]),
  tags: z.record(metricNameSchema, tagSourceSchema).default({}),
  fields: z
    .record(metricNameSchema, fieldSourceSchema)
    .refine((fields) => Object.keys(fields).length > 0, 'gives no field'),
});
export type MetricRule = z.infer<typeof metricRuleSchema>;
