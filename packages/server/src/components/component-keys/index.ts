export { FastVerifier, mintApiKey } from './api-key.ts';
export { ComponentAuthenticator } from './component-authenticator.ts';
export {
  type ComponentKeysModule,
  type ComponentKeysOptions,
  createComponentKeys,
} from './component-key-module.ts';
export { addRotatedKey, dropVerifiers, replaceKeys } from './key-queries.ts';
export type { KeyRotation } from './key-rotation.ts';
