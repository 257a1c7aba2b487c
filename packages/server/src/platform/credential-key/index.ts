export { createCredentialKey } from './credential-key-module.ts';
