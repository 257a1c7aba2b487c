export { FastVerifier, mintApiKey } from './api-key.ts';
export { ComponentAuthenticator, type RefusedCaller } from './component-authenticator.ts';
export {
  type ComponentKeysModule,
  type ComponentKeysOptions,
  createComponentKeys,
} from './component-key-module.ts';
export { addRotatedKey, dropVerifiers, endOtherMachines, replaceKeys } from './key-queries.ts';
export type { KeyRotation } from './key-rotation.ts';
