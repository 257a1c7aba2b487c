export type { SummaryTemplate } from './summary-template.ts';
export { readSummary, renderSummary, type SummaryValues } from './summary-text.ts';
