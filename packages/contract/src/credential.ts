import { z } from 'zod';
import { idSchema, nameSchema, noteSchema, timeSchema } from './field.ts';
import { listOf } from './list.ts';
import { replacementOf } from './replacement.ts';

/** Octets that a text of a credential may have on its way to a device (RFC 3414, RFC 3411). */
export const SNMP_TEXT_OCTETS = { community: 255, username: 32, context_name: 255 } as const;

const encoder = new TextEncoder();

/** A text that is counted as it is sent: a letter beyond ASCII has several octets. */
function octets(most: number) {
  return z
    .string()
    .max(most)
    .refine((text) => encoder.encode(text).length <= most, `must have at most ${most} octets`);
}

const communitySecret = z.strictObject({ community: octets(SNMP_TEXT_OCTETS.community).min(1) });

export const SNMP_AUTH_PROTOCOLS = ['MD5', 'SHA', 'SHA224', 'SHA256', 'SHA384', 'SHA512'] as const;
export const SNMP_PRIV_PROTOCOLS = ['DES', 'AES', 'AES192', 'AES192C', 'AES256', 'AES256C'] as const;
export const SNMP_SEC_LEVELS = ['noAuthNoPriv', 'authNoPriv', 'authPriv'] as const;

/** A pass phrase, which by RFC 3414 has at least eight characters. */
const passphrase = z.string().min(8, 'must have at least 8 characters').max(255);

export const snmpV3SecretSchema = z
  .strictObject({
    username: octets(SNMP_TEXT_OCTETS.username).min(1),
    security_level: z.enum(SNMP_SEC_LEVELS).default('authPriv'),
    auth_protocol: z.enum(SNMP_AUTH_PROTOCOLS).optional(),
    auth_password: passphrase.optional(),
    priv_protocol: z.enum(SNMP_PRIV_PROTOCOLS).optional(),
    priv_password: passphrase.optional(),
    context_name: octets(SNMP_TEXT_OCTETS.context_name).optional(),
  })
  .superRefine((secret, context) => {
    const needed: ('auth_protocol' | 'auth_password' | 'priv_protocol' | 'priv_password')[] = [];
    if (secret.security_level !== 'noAuthNoPriv') needed.push('auth_protocol', 'auth_password');
    if (secret.security_level === 'authPriv') needed.push('priv_protocol', 'priv_password');
    for (const field of needed) {
      if (secret[field] === undefined) {
        context.addIssue({
          code: 'custom',
          path: [field],
          message: `is required for ${secret.security_level}`,
        });
      }
    }
  });

/** The login of a vCenter or an ESXi host, `user@domain` where a directory has it; read-only rights are enough. */
export const vsphereSecretSchema = z.strictObject({
  username: z.string().min(1).max(255),
  password: z.string().min(1).max(1000),
});

/** Shape of `secret` by credential type. */
export const CREDENTIAL_SECRETS = {
  snmp_v1: communitySecret,
  snmp_v2c: communitySecret,
  snmp_v3: snmpV3SecretSchema,
  vsphere: vsphereSecretSchema,
} as const;
export const CREDENTIAL_TYPES = ['snmp_v1', 'snmp_v2c', 'snmp_v3', 'vsphere'] as const;
export const credentialTypeSchema = z.enum(CREDENTIAL_TYPES);
export type CredentialType = z.infer<typeof credentialTypeSchema>;
export type SnmpV3Secret = z.infer<typeof snmpV3SecretSchema>;
export type VsphereSecret = z.infer<typeof vsphereSecretSchema>;
export type CommunitySecret = z.infer<typeof communitySecret>;

const envelope = {
  name: nameSchema(),
  description: noteSchema.nullable().optional(),
  enabled: z.boolean().default(true),
};
export const createCredentialSchema = z.discriminatedUnion('type', [
  z.strictObject({ ...envelope, type: z.literal('snmp_v1'), secret: communitySecret }),
  z.strictObject({ ...envelope, type: z.literal('snmp_v2c'), secret: communitySecret }),
  z.strictObject({ ...envelope, type: z.literal('snmp_v3'), secret: snmpV3SecretSchema }),
  z.strictObject({ ...envelope, type: z.literal('vsphere'), secret: vsphereSecretSchema }),
]);
export type CreateCredential = z.infer<typeof createCredentialSchema>;

/**
 * Changes of a credential. What is absent stays; a `secret` replaces the old one whole and must fit the credential's
 * type.
 */
export const updateCredentialSchema = z.strictObject({
  name: nameSchema().optional(),
  description: noteSchema.nullable().optional(),
  enabled: z.boolean().optional(),
  secret: z.record(z.string(), z.unknown()).optional(),
});
export type UpdateCredential = z.infer<typeof updateCredentialSchema>;

/** A credential without its secrets, which never come back; `secret_fields` names those that are set. */
export const credentialSchema = z.object({
  id: idSchema,
  name: z.string(),
  type: credentialTypeSchema,
  description: z.string().nullable(),
  enabled: z.boolean(),
  secret_fields: z.array(z.string()),
  node_count: z.int(),
  created_at: timeSchema,
  updated_at: timeSchema,
});
export type Credential = z.infer<typeof credentialSchema>;
/** `PUT /credentials/{id}`: the secret, which `GET` does not show, stays where it is left out; the type stays always. */
export const replaceCredentialSchema = replacementOf(
  {
    name: nameSchema(),
    type: credentialTypeSchema.optional(),
    description: noteSchema.nullable().default(null),
    enabled: z.boolean().default(true),
    secret: z.record(z.string(), z.unknown()).optional(),
  },
  credentialSchema,
);
export type ReplaceCredential = z.infer<typeof replaceCredentialSchema>;
export const credentialListSchema = listOf(credentialSchema);

export const revealCredentialSchema = z.strictObject({ reason: nameSchema(500) });
export const revealedCredentialSchema = z.object({ id: idSchema, secret: z.record(z.string(), z.unknown()) });
