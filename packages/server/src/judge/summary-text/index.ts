export { readSummary, renderSummary, type SummaryValues, withUnit } from './summary-text.ts';
export { fillTemplate, plainLine, shownValue, type TemplateValues } from './template-values.ts';
export { parseTemplate, type TemplateKind, type TextTemplate } from './text-template.ts';
export { formatValue } from './value-format.ts';
