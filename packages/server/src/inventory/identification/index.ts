export { createIdentification } from './identification-module.ts';
