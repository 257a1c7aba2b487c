export { type PreviewOptions, previewTemplate } from './preview-template.ts';
export { type PreviewTextOptions, previewText } from './preview-text.ts';
export { CASE_TIME_MS, findCase, pointDifferences, type TemplateCase, writeCase } from './template-case.ts';
export type {
  PreviewedInput,
  PreviewedRow,
  PreviewPoint,
  TemplatePreview,
  Unanswered,
} from './template-preview.ts';
