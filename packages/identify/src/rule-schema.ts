/**
 * The rules of identification are data: every `*.toml` of a folder holds vendors, families and kinds.
 *
 * A **vendor** has a name, its IANA enterprise numbers and the type that most of its devices are. It answers when no
 * family does. A **family** is one product line or operating system: it has *signs*, each of which is a condition that
 * is enough by itself; the sign that says most wins over all families (`SIGN_WEIGHTS`). A **kind** is a sign of a type
 * by standard means alone: MIBs of the IETF, open ports, words.
 */
import { DEVICE_TYPES } from '@stratora/contract';
import { z } from 'zod';

const oidSchema = z
  .string()
  .regex(/^\d{1,10}(\.\d{1,10}){0,40}$/, 'must be numbers with dots, from the enterprise number on or whole');

const patternSchema = z
  .string()
  .min(2)
  .max(300)
  .superRefine((text, context) => {
    try {
      RegExp(text, 'i');
    } catch (error) {
      context.addIssue({ code: 'custom', message: `is no regular expression: ${(error as Error).message}` });
    }
  });

const conditionFields = {
  /** sysObjectID is this or stands below it, on whole arcs. */
  under: oidSchema.optional(),
  /** A pattern over sysDescr, as all patterns in letters of either case. */
  descr: patternSchema.optional(),
  /** A pattern that sysDescr must not have. */
  not_descr: patternSchema.optional(),
  /** A pattern over sysName. */
  name: patternSchema.optional(),
  /** A pattern over what the device's web server and certificate say. */
  web: patternSchema.optional(),
  /** The device has an object below this. */
  holds: oidSchema.optional(),
  /** A pattern over the text of the first object below `holds`. */
  says: patternSchema.optional(),
  /** All of these TCP ports are open. */
  ports: z.array(z.int().min(1).max(65_535)).min(1).max(8).optional(),
  /** sysServices is one of these sums of layers. */
  services: z.array(z.int().min(0).max(127)).min(1).max(16).optional(),
};

/** A condition: everything that it names must be so. */
export const conditionSchema = z
  .strictObject(conditionFields)
  .refine(({ not_descr: _, says: __, ...rest }) => Object.values(rest).some((value) => value !== undefined), {
    message: 'names no sign: give under, descr, name, web, holds, ports or services',
  })
  .refine(({ says, holds }) => says === undefined || holds !== undefined, {
    message: 'has says without holds',
  });
export type Condition = z.infer<typeof conditionSchema>;

/** Where a text is found: the first of these objects that is not empty, else the first group of a pattern over sysDescr. */
export const textSourceSchema = z
  .strictObject({
    oids: z.array(oidSchema).min(1).max(8).optional(),
    descr: patternSchema.optional(),
  })
  .refine(({ oids, descr }) => oids !== undefined || descr !== undefined, {
    message: 'names no source: give oids or descr',
  });
export type TextSource = z.infer<typeof textSourceSchema>;

const typeSchema = z.enum(DEVICE_TYPES);
const wordsSchema = z.string().min(1).max(80);

export const vendorSchema = z.strictObject({
  name: wordsSchema,
  enterprises: z
    .array(
      z
        .int()
        .min(1)
        .max(2 ** 32 - 1),
    )
    .default([]),
  type: typeSchema.default('other'),
  /** Names that it goes by elsewhere: in the registry of MAC addresses, as the maker of a chassis. */
  also: z.array(wordsSchema).default([]),
  /** Its SNMP agent runs on devices of others, which are then looked for by the objects that they hold. */
  agent: z.boolean().default(false),
});
export type Vendor = z.infer<typeof vendorSchema>;

export const familySchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'must be lower-case letters, digits and -'),
  /** Name of a vendor of any file. */
  vendor: wordsSchema,
  os: wordsSchema,
  type: typeSchema,
  /** Of an agent or system that many vendors build on: it counts where no other family does, and names no vendor of its own. */
  generic: z.boolean().default(false),
  signs: z.array(conditionSchema).min(1).max(64),
  /** Devices of the family that are of another type; the first that fits counts. */
  types: z
    .array(z.strictObject({ type: typeSchema, when: conditionSchema }))
    .max(16)
    .default([]),
  model: textSourceSchema.optional(),
  serial: textSourceSchema.optional(),
  firmware: textSourceSchema.optional(),
  /** Why it is told in this way, where that is not plain. */
  note: z.string().max(400).optional(),
});
export type Family = z.infer<typeof familySchema>;

export const kindSchema = z.strictObject({
  type: typeSchema,
  when: conditionSchema,
  /** It counts only where what most devices of the vendor are is not known. */
  weak: z.boolean().default(false),
  /** It tells an appliance from the host whose system it is built on: a generic family gives way to it. */
  appliance: z.boolean().default(false),
  /** Why the sign means the type, as the end of a sentence. */
  reason: z.string().min(1).max(120),
});
export type Kind = z.infer<typeof kindSchema>;

export const ruleFileSchema = z.strictObject({
  vendors: z.array(vendorSchema).default([]),
  families: z.array(familySchema).default([]),
  kinds: z.array(kindSchema).default([]),
});
export type RuleFile = z.infer<typeof ruleFileSchema>;
