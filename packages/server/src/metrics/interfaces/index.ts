export { INTERFACE_TAGS, InterfaceIdentity, TWIN_TAG } from './interface-identity.ts';
export { createInterfaces } from './interfaces-module.ts';
export type { OpenRow } from './open-row.ts';
