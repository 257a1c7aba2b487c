export { AttemptLimiter } from './attempt-limiter.ts';
export { KeyRing, readOrCreateKeyFile, type Sealed } from './key-ring.ts';
export { ServerSecrets } from './server-secrets.ts';
export { WorkQueue } from './work-queue.ts';
