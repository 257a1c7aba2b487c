export { registrationRoutes } from './registration-routes.ts';
export { type KeyMint, RegistrationService } from './registration-service.ts';
export { enrollmentTokenRoutes } from './token-routes.ts';
export { ensureLocalToken } from './token-service.ts';
