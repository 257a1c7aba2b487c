export { type SummaryTemplate, TEMPLATE_MAX_LENGTH } from './summary-template.ts';
export {
  builtInSummary,
  type ReadSummary,
  readSummary,
  renderSummary,
  SUMMARY_MAX_BYTES,
  type SummaryText,
  type SummaryValues,
} from './summary-text.ts';
