import { z } from 'zod';
import { hostnameSchema, idSchema, nameSchema, noteSchema, timeSchema } from './field.ts';
import { listOf } from './list.ts';
import { COMPONENT_TYPES } from './wire.ts';

export const componentTypeSchema = z.enum(COMPONENT_TYPES);
export type ComponentType = z.infer<typeof componentTypeSchema>;

export const APPROVALS = ['pending', 'approved', 'rejected', 'revoked'] as const;
export const approvalSchema = z.enum(APPROVALS);
export type Approval = z.infer<typeof approvalSchema>;

export const API_KEY_PREFIX = 'sk_stra_';
/** Lengths of an API key in Base64url characters: a public id, then a secret. */
export const API_KEY_ID_LENGTH = 11;
export const API_KEY_SECRET_LENGTH = 32;

/** A machine id of blanks would be one machine to all hosts that have none. */
const machineIdSchema = z
  .string()
  .max(128)
  .regex(/\S/, 'must not be empty; leave it out where the host has none');

/** `POST /api/v1/components/register`. */
export const registerRequestSchema = z.object({
  enrollment_token: z.string().min(1).max(200),
  component_type: componentTypeSchema,
  hostname: hostnameSchema(),
  name: nameSchema().optional(),
  version: z.string().max(64),
  os: z.string().max(64),
  arch: z.string().max(32),
  site_name: nameSchema().optional(),
  /** An id that the machine keeps for good; without it the hostname stands for the machine. */
  machine_id: machineIdSchema.optional(),
  /** The addresses of the host itself, the one that it calls from first: the node of an agent gets the first. */
  ip_addresses: z.array(z.string().max(64)).max(256).optional(),
});
export type RegisterRequest = z.infer<typeof registerRequestSchema>;

export const registerResponseSchema = z.object({
  component_id: idSchema,
  api_key: z.string(),
  status: z.enum(['pending', 'approved']),
  /** The node that an agent reports; collectors have none. */
  node_id: idSchema.optional(),
});
export type RegisterResponse = z.infer<typeof registerResponseSchema>;

export const createEnrollmentTokenSchema = z.strictObject({
  description: noteSchema.optional(),
  multi_use: z.boolean().default(true),
  max_uses: z.int().min(1).max(100_000).nullable().optional(),
  /** Hours until it expires; 0 never expires. */
  expires_in_hours: z.number().min(0).max(87_600).default(24),
  site_id: idSchema.nullable().optional(),
  component_type: componentTypeSchema.nullable().optional(),
  auto_approve: z.boolean().default(false),
});
export type CreateEnrollmentToken = z.infer<typeof createEnrollmentTokenSchema>;

export const enrollmentTokenSchema = z.object({
  id: idSchema,
  description: z.string().nullable(),
  multi_use: z.boolean(),
  max_uses: z.int().nullable(),
  use_count: z.int(),
  expires_at: timeSchema.nullable(),
  site_id: idSchema.nullable(),
  component_type: componentTypeSchema.nullable(),
  auto_approve: z.boolean(),
  state: z.enum(['active', 'expired', 'exhausted', 'revoked']),
  created_at: timeSchema,
  created_by: z.string().nullable(),
});
export type EnrollmentToken = z.infer<typeof enrollmentTokenSchema>;
export const enrollmentTokenListSchema = listOf(enrollmentTokenSchema);
/** An enrollment token with its text, which is shown in this answer and never again. */
export const createdEnrollmentTokenSchema = enrollmentTokenSchema.extend({ token: z.string() });
export type CreatedEnrollmentToken = z.infer<typeof createdEnrollmentTokenSchema>;
