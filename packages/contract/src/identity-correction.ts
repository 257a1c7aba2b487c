import { z } from 'zod';
import { deviceTypeSchema, sysObjectIdSchema } from './device-identity.ts';
import { idSchema, timeSchema } from './field.ts';
import { listOf } from './list.ts';
import { templateSlugSchema } from './node.ts';
import { replacementOf } from './replacement.ts';

const wordsSchema = z.string().trim().min(1).max(120);

/** What people say that a device is. A field that is null is as the rules have it. */
export const correctedIdentitySchema = z.object({
  vendor: wordsSchema.nullable().default(null),
  model: wordsSchema.nullable().default(null),
  os: wordsSchema.nullable().default(null),
  family: wordsSchema.nullable().default(null),
  device_type: deviceTypeSchema.nullable().default(null),
  /** Slug of the template that fits best. It counts while it is in force. */
  template: templateSlugSchema.nullable().default(null),
});
export type CorrectedIdentity = z.infer<typeof correctedIdentitySchema>;

/** What the device says of itself: with it a correction is a case that rules can be tested by. */
const correctionEvidence = {
  sys_object_id: sysObjectIdSchema.nullable().default(null),
  sys_descr: z.string().max(4_096).nullable().default(null),
  sys_name: z.string().max(256).nullable().default(null),
};

const writtenFields = {
  ...correctedIdentitySchema.shape,
  /** Whether it counts for every device of the same sysObjectID, and of the same model where the rules tell one. */
  for_alike: z.boolean().default(false),
  ...correctionEvidence,
};

/** `GET /nodes/{id}/identity-correction`; all of the identity is null where nobody corrected it. */
export const nodeCorrectionSchema = z.object({
  ...writtenFields,
  corrected_by: z.string().nullable(),
  corrected_at: timeSchema.nullable(),
});
export type NodeCorrection = z.infer<typeof nodeCorrectionSchema>;

/** `PUT /nodes/{id}/identity-correction`; an identity of nulls takes the correction back. */
export const replaceNodeCorrectionSchema = replacementOf(writtenFields, nodeCorrectionSchema);
export type ReplaceNodeCorrection = z.infer<typeof replaceNodeCorrectionSchema>;

/** One of `GET /identity-corrections`: also a case for `stratora identify --cases`. */
export const identityCorrectionSchema = nodeCorrectionSchema.extend({
  id: idSchema,
  /** Null where the node is gone. */
  node_id: idSchema.nullable(),
  corrected_by: z.string(),
  corrected_at: timeSchema,
});
export type IdentityCorrection = z.infer<typeof identityCorrectionSchema>;
export const identityCorrectionListSchema = listOf(identityCorrectionSchema);
