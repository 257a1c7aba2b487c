/** Tests of credentials: a node's collector logs in to it once, and the answer is in words. */
import { z } from 'zod';
import { CREDENTIAL_TYPES } from './credential.ts';
import { idSchema, timeSchema } from './field.ts';

/** What a collector finds out of a login. */
export const LOGIN_OUTCOMES = [
  'ok',
  'auth',
  'timeout',
  'refused',
  'untrusted',
  'bad_answer',
  'unsupported',
  'failed',
] as const;
export type LoginOutcome = (typeof LOGIN_OUTCOMES)[number];

/** What became of a test: a login's outcome, or why there was none. */
export const CREDENTIAL_TEST_OUTCOMES = [
  ...LOGIN_OUTCOMES,
  'collector_offline',
  'collector_silent',
  'collector_outdated',
  'no_collector',
  'changed',
] as const;
export type CredentialTestOutcome = (typeof CREDENTIAL_TEST_OUTCOMES)[number];

/** What a collector is told: where to log in, and with what. Holds the secret. */
export interface CredentialTestOrder {
  type: (typeof CREDENTIAL_TYPES)[number];
  secret: Record<string, unknown>;
  /** Address of the node. */
  host: string;
  snmp_port: number;
  /** Web address of the node; null where it has none. */
  url: string | null;
  /** Whether the template of the node says that a vCenter may show any certificate. */
  any_certificate: boolean;
}

/** What a device said of itself after the login. */
export const testedDeviceSchema = z.object({
  name: z.string().nullable(),
  description: z.string().nullable(),
  object_id: z.string().nullable(),
});
export type TestedDevice = z.infer<typeof testedDeviceSchema>;

/** The result of the job of a test. */
export const loginResultSchema = z.object({
  outcome: z.enum(LOGIN_OUTCOMES),
  /** A sentence for people. */
  message: z.string().max(4096),
  /** What a program or a device said itself. */
  detail: z.string().max(4096).nullable().default(null),
  device: testedDeviceSchema.nullable().default(null),
  took_ms: z.number().min(0).max(3_600_000).default(0),
});
export type LoginResult = z.infer<typeof loginResultSchema>;

export const CREDENTIAL_TEST_STATES = ['waiting', 'running', 'done'] as const;

/** A test of a credential: `GET /credential-tests/{id}`. */
export const credentialTestSchema = z.object({
  id: idSchema,
  /** `waiting` to be fetched by the collector, `running` there, `done`. */
  state: z.enum(CREDENTIAL_TEST_STATES),
  node_id: idSchema,
  node_name: z.string(),
  credential_id: idSchema,
  credential_name: z.string(),
  type: z.enum(CREDENTIAL_TYPES),
  /** The collector that logs in; null where the node has none. */
  collector_id: idSchema.nullable(),
  collector_name: z.string().nullable(),
  /** Null until it is done. */
  outcome: z.enum(CREDENTIAL_TEST_OUTCOMES).nullable(),
  /** What came of it, or what it waits for, in a sentence. */
  message: z.string(),
  detail: z.string().nullable(),
  device: testedDeviceSchema.nullable(),
  took_ms: z.int().nullable(),
  created_at: timeSchema,
  ended_at: timeSchema.nullable(),
});
export type CredentialTest = z.infer<typeof credentialTestSchema>;

/** `POST /credentials/{id}/test`. */
export const testCredentialSchema = z.strictObject({ node_id: idSchema });
