import { z } from 'zod';
import { deviceIdentitySchema, MAX_WALK_CHARACTERS } from './device-identity.ts';
import { templateSlugSchema } from './node.ts';

/** `POST /device-templates/propose`: a recorded device, for which a template is looked for. Nothing is touched. */
export const proposeTemplateSchema = z.strictObject({
  /** Text of a .snmprec capture: `OID|tag|value` a line. */
  walk: z.string().min(1).max(MAX_WALK_CHARACTERS),
  /** Slug of the template that is proposed; of vendor and model by default. */
  slug: templateSlugSchema.optional(),
});
export type ProposeTemplate = z.infer<typeof proposeTemplateSchema>;

/**
 * What a column or single object of a walk looks like: `counter` only rises; `gauge` goes up and down; `state` is one of a
 * few named values; `time` is a span in hundredths of a second; `text` and `address` name something; `index` says which row
 * it is; `object` points to an object of a MIB; `octets` is neither number nor text.
 */
export const COLUMN_KINDS = [
  'counter',
  'gauge',
  'state',
  'time',
  'text',
  'address',
  'index',
  'object',
  'octets',
] as const;
export type ColumnKind = (typeof COLUMN_KINDS)[number];

/** What becomes of a part of a walk: a template that is there polls it, the proposal does, or nobody. */
export const WALK_USES = ['polled', 'proposed', 'left_out'] as const;
export type WalkUse = (typeof WALK_USES)[number];

const walkObjectSchema = z.object({
  oid: z.string(),
  /** By a standard MIB or a template; null where nobody has a name for it. */
  name: z.string().nullable(),
  kind: z.enum(COLUMN_KINDS),
  /** By what it looks like that, in words. */
  why: z.string(),
  use: z.enum(WALK_USES),
});
export type WalkObject = z.infer<typeof walkObjectSchema>;

const proposalTableSchema = z.object({
  /** OID of the entry, below which the columns stand. */
  oid: z.string(),
  name: z.string().nullable(),
  mib: z.string().nullable(),
  rows: z.int(),
  use: z.enum(WALK_USES),
  /** By which template it is polled, or why it is left out; empty for one that is proposed. */
  why: z.string(),
  columns: z.array(walkObjectSchema.extend({ values: z.int() })),
});
export type ProposalTable = z.infer<typeof proposalTableSchema>;

/** What one poll of the templates that the proposal extends would get. */
const polledPartSchema = z.object({
  input: z.string(),
  /** null: the interval of the collector. */
  interval_seconds: z.int().nullable(),
  measurement: z.string(),
  is_table: z.boolean(),
  rows: z.int(),
  asked: z.int(),
  answered: z.int(),
});
export type ProposalPart = z.infer<typeof polledPartSchema>;

/** A template for a recorded device, and what it was made of. */
export const templateProposalSchema = z.object({
  identity: deviceIdentitySchema,
  slug: templateSlugSchema,
  name: z.string(),
  extends: z.array(templateSlugSchema),
  /** Why it extends those. */
  reasons: z.array(z.string()),
  /** Number of objects of the walk, and of its lines that are not understood. */
  objects: z.int(),
  skipped_lines: z.int(),
  polled: z.array(polledPartSchema),
  tables: z.array(proposalTableSchema),
  scalars: z.array(walkObjectSchema),
  /** What somebody should know before they use it. */
  notes: z.array(z.string()),
  /** The template's file, TOML. */
  text: z.string(),
});
export type TemplateProposal = z.infer<typeof templateProposalSchema>;
