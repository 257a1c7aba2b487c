export { type PreviewOptions, previewTemplate } from './preview-template.ts';
export { type PreviewTextOptions, previewText } from './preview-text.ts';
export type {
  PreviewedInput,
  PreviewedRow,
  PreviewPoint,
  TemplatePreview,
  Unanswered,
} from './template-preview.ts';
