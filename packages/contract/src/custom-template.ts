import { z } from 'zod';
import { templateSlugSchema } from './node.ts';

/** Most characters of the text of a device template. */
export const MAX_TEMPLATE_CHARACTERS = 262_144;
/** Most device templates that people may have written. */
export const MAX_CUSTOM_TEMPLATES = 500;

/** `POST /device-templates` and `PUT /device-templates/{slug}`: the text of a template's file, TOML; it names its slug. */
export const customTemplateTextSchema = z.strictObject({
  text: z.string().min(1).max(MAX_TEMPLATE_CHARACTERS),
});
export type CustomTemplateText = z.infer<typeof customTemplateTextSchema>;

/** A device template that somebody wrote, as they wrote it. */
export const customTemplateSchema = z.object({
  slug: templateSlugSchema,
  text: z.string(),
  updated_by: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
});
export type CustomTemplate = z.infer<typeof customTemplateSchema>;
