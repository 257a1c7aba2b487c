export { createIdentification, type IdentificationModule } from './identification-module.ts';
