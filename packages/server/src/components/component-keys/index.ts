export { FastVerifier, mintApiKey } from './api-key.ts';
export { ComponentAuthenticator } from './component-authenticator.ts';
export { addRotatedKey, dropVerifiers, replaceKeys } from './key-queries.ts';
export { KeyRotation } from './key-rotation.ts';
export { keyRoutes } from './key-routes.ts';
