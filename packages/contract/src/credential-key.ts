/** The credential key: what it is that seals secrets in the database, and how its rotation goes. */
import { z } from 'zod';
import { timeSchema } from './field.ts';

export const CREDENTIAL_KEY_STATES = ['settled', 'starting', 'resealing'] as const;

/** `GET /credential-key`. */
export const credentialKeyStatusSchema = z.object({
  /**
   * `settled`: every secret is sealed with the key; `starting`: not all servers seal with it yet; `resealing`: some secrets
   * are sealed with an older one.
   */
  state: z.enum(CREDENTIAL_KEY_STATES),
  /** Version of the key that seals. */
  sealing_version: z.int(),
  /** The newest key that the answering server has. */
  newest_version: z.int(),
  /** Since when the key seals; null where it never was another one. */
  since: timeSchema.nullable(),
  /** Secrets that are sealed with another key. */
  remaining: z.int(),
  /** Among them those that no key of the answering server opens, with the reason, a hundred at most. */
  unreadable: z.array(z.object({ what: z.string(), name: z.string(), reason: z.string() })),
  /** Path of the file on the answering server in which its keys are; null where its environment has them. */
  key_file: z.string().nullable(),
  servers: z.array(
    z.object({
      hostname: z.string(),
      /** Versions of the keys that it has. */
      versions: z.array(z.int()),
      sealing_version: z.int(),
      seen_at: timeSchema,
    }),
  ),
});
export type CredentialKeyStatus = z.infer<typeof credentialKeyStatusSchema>;
