export { ownAuthRoutes, publicAuthRoutes } from './auth-routes.ts';
export { AuthService } from './auth-service.ts';
export { BearerTokens } from './bearer-token.ts';
