export { type AcknowledgeModule, createAcknowledgeLinks } from './acknowledge-module.ts';
