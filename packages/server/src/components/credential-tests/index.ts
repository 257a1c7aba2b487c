export { createCredentialTests } from './credential-test-module.ts';
