export { AttemptLimiter } from './attempt-limiter.ts';
export { HASH_COST } from './hash-cost.ts';
export { KeyMissing, KeyRing, type Sealed } from './key-ring.ts';
export { keyFileOf, openKeyRing } from './key-source.ts';
export { CREDENTIAL_KEY_SETTING, type KeyStanding, readStanding } from './key-standing.ts';
export { RecordSealer, recordBinding, type SealedRecord } from './record-sealer.ts';
export { createSecrets, type SecretsOptions } from './secrets-module.ts';
export { ServerSecrets } from './server-secrets.ts';
export { WorkQueue } from './work-queue.ts';
