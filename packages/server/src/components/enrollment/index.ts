export { registrationRoutes } from './registration-routes.ts';
export { RegistrationService } from './registration-service.ts';
export { enrollmentTokenRoutes } from './token-routes.ts';
export { ensureLocalToken } from './token-service.ts';
