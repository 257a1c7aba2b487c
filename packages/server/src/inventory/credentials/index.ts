export { type CredentialsModule, createCredentials } from './credential-module.ts';
