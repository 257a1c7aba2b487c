import { z } from 'zod';
import { idSchema, nameSchema, timeSchema } from './field.ts';
import { listOf } from './list.ts';
import { mailAddressSchema } from './notification-channel.ts';
import { PASSWORD_MIN_LENGTH } from './password-rule.ts';
import { replacementOf } from './replacement.ts';

export const ROLES = ['admin', 'operator', 'viewer'] as const;
export const roleSchema = z.enum(ROLES);
export type Role = z.infer<typeof roleSchema>;

export const CSRF_HEADER = 'x-requested-with';
export const CSRF_VALUE = 'stratora';
export const PASSWORD_MAX_LENGTH = 1024;

export const usernameSchema = z
  .string()
  .regex(/^[a-zA-Z0-9][a-zA-Z0-9._@-]{0,63}$/, 'may hold letters, digits and . _ @ -');
export const passwordSchema = z
  .string()
  .min(PASSWORD_MIN_LENGTH, `must have at least ${PASSWORD_MIN_LENGTH} characters`)
  .max(PASSWORD_MAX_LENGTH);

export const loginSchema = z.strictObject({
  username: z.string().min(1).max(64),
  password: z.string().min(1).max(PASSWORD_MAX_LENGTH),
});
export const changePasswordSchema = z.strictObject({
  current_password: z.string().min(1).max(PASSWORD_MAX_LENGTH),
  new_password: passwordSchema,
});
export const userSchema = z.object({
  id: idSchema,
  username: z.string(),
  display_name: z.string().nullable(),
  /** Where they are told of alerts while on call; null: nowhere. */
  email: z.string().nullable(),
  role: roleSchema,
  enabled: z.boolean(),
  must_change_password: z.boolean(),
  last_login_at: timeSchema.nullable(),
  created_at: timeSchema,
  updated_at: timeSchema,
});
export type User = z.infer<typeof userSchema>;
export const userListSchema = listOf(userSchema);
export const loginAnswerSchema = z.object({ user: userSchema });
export const tokenAnswerSchema = z.object({
  access_token: z.string(),
  token_type: z.literal('Bearer'),
  expires_in: z.int(),
});
export const createUserSchema = z.strictObject({
  username: usernameSchema,
  password: passwordSchema,
  role: roleSchema,
  display_name: nameSchema().nullable().optional(),
  email: mailAddressSchema.nullable().optional(),
  must_change_password: z.boolean().default(true),
});
export const updateUserSchema = z.strictObject({
  role: roleSchema.optional(),
  display_name: nameSchema().nullable().optional(),
  email: mailAddressSchema.nullable().optional(),
  enabled: z.boolean().optional(),
  /** Whether the next login demands a new password; it does in any case when another user sets one. */
  must_change_password: z.boolean().optional(),
  password: passwordSchema.optional(),
});
export type UpdateUser = z.infer<typeof updateUserSchema>;
/** `PUT /users/{id}`: the password, which `GET` does not show, and the demand to change it stay where they are left out. */
export const replaceUserSchema = replacementOf(
  {
    username: usernameSchema.optional(),
    role: roleSchema,
    display_name: nameSchema().nullable().default(null),
    email: mailAddressSchema.nullable().default(null),
    enabled: z.boolean().default(true),
    must_change_password: z.boolean().optional(),
    password: passwordSchema.optional(),
  },
  userSchema,
);
export type ReplaceUser = z.infer<typeof replaceUserSchema>;
