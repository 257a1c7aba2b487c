export { INTERFACE_TAGS, InterfaceIdentity, type SharedName, TWIN_TAG } from './interface-identity.ts';
export type { OpenRow } from './open-row.ts';
