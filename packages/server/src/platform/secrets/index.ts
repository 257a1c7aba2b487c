export { AttemptLimiter } from './attempt-limiter.ts';
export { HASH_COST } from './hash-cost.ts';
export { KeyRing, openKeyRing, type Sealed } from './key-ring.ts';
export { RecordSealer, type SealedRecord } from './record-sealer.ts';
export { createSecrets, type SecretsOptions } from './secrets-module.ts';
export { ServerSecrets } from './server-secrets.ts';
export { WorkQueue } from './work-queue.ts';
