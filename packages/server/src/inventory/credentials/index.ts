export { credentialRoutes } from './credential-routes.ts';
export { CredentialService } from './credential-service.ts';
