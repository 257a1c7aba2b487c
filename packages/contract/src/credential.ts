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

const loginName = z.string().min(1).max(255);
const loginPassword = z.string().min(1).max(1000);

/** A Windows account; without a domain it is one of the host itself. */
export const wmiSecretSchema = z.strictObject({
  username: loginName,
  password: loginPassword,
  domain: z.string().min(1).max(255).optional(),
});

/** Most characters of a private key: one of 16,384 bits in PEM has fewer. */
const PRIVATE_KEY_MAX = 20_000;

/** An account of SSH: with a password, a private key, or both. */
export const sshSecretSchema = z
  .strictObject({
    username: loginName,
    password: loginPassword.optional(),
    private_key: z
      .string()
      .max(PRIVATE_KEY_MAX)
      .regex(/-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/, 'must be a private key in PEM')
      .optional(),
    passphrase: z.string().min(1).max(1000).optional(),
  })
  .superRefine((secret, context) => {
    if (secret.password === undefined && secret.private_key === undefined)
      context.addIssue({ code: 'custom', path: ['password'], message: 'or a private key is required' });
    if (secret.passphrase !== undefined && secret.private_key === undefined)
      context.addIssue({ code: 'custom', path: ['passphrase'], message: 'belongs to a private key' });
  });

export const HTTP_SCHEMES = ['basic', 'bearer'] as const;

/** A login of the web: user and password (RFC 7617), or a token (RFC 6750). */
export const httpSecretSchema = z
  .strictObject({
    scheme: z.enum(HTTP_SCHEMES).default('basic'),
    /** Without a colon, by which RFC 7617 parts it from the password. */
    username: loginName.regex(/^[^:]*$/, 'must not have a colon').optional(),
    password: loginPassword.optional(),
    token: z
      .string()
      .max(8000)
      .regex(/^[A-Za-z0-9\-._~+/]+=*$/, 'must be a token as RFC 6750 has them')
      .optional(),
  })
  .superRefine((secret, context) => {
    const needed = secret.scheme === 'basic' ? (['username', 'password'] as const) : (['token'] as const);
    for (const field of needed) {
      if (secret[field] !== undefined) continue;
      context.addIssue({ code: 'custom', path: [field], message: `is required for ${secret.scheme}` });
    }
  });

/** Shape of `secret` by credential type. */
export const CREDENTIAL_SECRETS = {
  snmp_v1: communitySecret,
  snmp_v2c: communitySecret,
  snmp_v3: snmpV3SecretSchema,
  wmi: wmiSecretSchema,
  vsphere: vsphereSecretSchema,
  ssh: sshSecretSchema,
  http: httpSecretSchema,
} as const;
export const CREDENTIAL_TYPES = ['snmp_v1', 'snmp_v2c', 'snmp_v3', 'wmi', 'vsphere', 'ssh', 'http'] as const;
export const credentialTypeSchema = z.enum(CREDENTIAL_TYPES);
export type CredentialType = z.infer<typeof credentialTypeSchema>;
export type SnmpV3Secret = z.infer<typeof snmpV3SecretSchema>;
export type VsphereSecret = z.infer<typeof vsphereSecretSchema>;
export type HttpSecret = z.infer<typeof httpSecretSchema>;
export type CommunitySecret = z.infer<typeof communitySecret>;

/** The purposes for which a node has a credential each. */
export const CREDENTIAL_PURPOSES = ['snmp', 'wmi', 'vsphere', 'ssh', 'http'] as const;
export const credentialPurposeSchema = z.enum(CREDENTIAL_PURPOSES);
export type CredentialPurpose = z.infer<typeof credentialPurposeSchema>;
/** The purpose that the credentials of a type serve. */
export const PURPOSE_OF_TYPE: Readonly<Record<CredentialType, CredentialPurpose>> = {
  snmp_v1: 'snmp',
  snmp_v2c: 'snmp',
  snmp_v3: 'snmp',
  wmi: 'wmi',
  vsphere: 'vsphere',
  ssh: 'ssh',
  http: 'http',
};

const envelope = {
  name: nameSchema(),
  description: noteSchema.nullable().optional(),
  enabled: z.boolean().default(true),
};
export const createCredentialSchema = z.discriminatedUnion('type', [
  z.strictObject({ ...envelope, type: z.literal('snmp_v1'), secret: communitySecret }),
  z.strictObject({ ...envelope, type: z.literal('snmp_v2c'), secret: communitySecret }),
  z.strictObject({ ...envelope, type: z.literal('snmp_v3'), secret: snmpV3SecretSchema }),
  z.strictObject({ ...envelope, type: z.literal('wmi'), secret: wmiSecretSchema }),
  z.strictObject({ ...envelope, type: z.literal('vsphere'), secret: vsphereSecretSchema }),
  z.strictObject({ ...envelope, type: z.literal('ssh'), secret: sshSecretSchema }),
  z.strictObject({ ...envelope, type: z.literal('http'), secret: httpSecretSchema }),
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
