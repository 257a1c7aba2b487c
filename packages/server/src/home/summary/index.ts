export { createSummary } from './summary-module.ts';
