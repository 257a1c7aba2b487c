import { z } from 'zod';

/** A schema of the body of a `PUT`, which takes what `GET` gave and gives what of it people write. */
export type Replacement<W extends z.ZodRawShape> = z.ZodType<z.output<z.ZodObject<W>>>;

/**
 * Builds the schema of a `PUT` from the fields that people write: a field that is left out gets the default that it has
 * there. Fields that only the server makes are taken as `GET` shows them, and passed over.
 */
export function replacementOf<W extends z.ZodRawShape>(written: W, shown: z.ZodObject): Replacement<W> {
  const made = Object.keys(shown.shape).filter((name) => !Object.hasOwn(written, name));
  const passed = Object.fromEntries(
    made.map((name) => [name, z.unknown().optional().meta({ readOnly: true })]),
  );
  const fields = z.object(written);
  return z
    .strictObject({ ...passed, ...written })
    .transform((body) => writtenOf(body, fields) as z.output<z.ZodObject<W>>);
}

function writtenOf(body: Record<string, unknown>, fields: z.ZodObject): Record<string, unknown> {
  return Object.fromEntries(Object.entries(body).filter(([name]) => Object.hasOwn(fields.shape, name)));
}
