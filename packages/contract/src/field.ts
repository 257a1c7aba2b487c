import { z } from 'zod';
import { type Parsed, parseUnicastAddress, parseUnicastWebAddress } from './target-address.ts';

export const idSchema = z.uuid();
/** A time, RFC 3339 in UTC. */
export const timeSchema = z.string();

// Control and bidirectional characters have no place in a name.
// oxlint-disable-next-line no-control-regex -- refusing control characters is the point
const FORBIDDEN = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;

/** A name that people give: 1..max characters after trimming, one line. */
export function nameSchema(max = 200) {
  return z
    .string()
    .trim()
    .min(1, 'is required')
    .max(max)
    .refine((value) => !FORBIDDEN.test(value), 'holds control characters');
}

/** Free text of several lines. */
export const noteSchema = z.string().max(2000);

/** Says with a grammar's own words what is wrong with a text, and puts its form in the place of what was given. */
function parsedText(parse: (text: string) => Parsed, max: number) {
  return z
    .string()
    .trim()
    .max(max)
    .overwrite((text) => parse(text).value ?? text)
    .superRefine((text, context) => {
      const { fault } = parse(text);
      if (fault !== undefined) context.addIssue({ code: 'custom', message: fault });
    });
}

/** The address of one host, in the form that both engines take. */
export const hostAddressSchema = parsedText(parseUnicastAddress, 253);

/** The address of a web page on one host, in the form that both engines take. */
export const webAddressSchema = parsedText(parseUnicastWebAddress, 2048).meta({ format: 'uri' });
