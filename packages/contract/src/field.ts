import { z } from 'zod';
import { INFINITE_VALUES } from './measured-value.ts';
import { type Parsed, parseUnicastAddress, parseUnicastWebAddress } from './target-address.ts';

/** An id, in the small letters in which the database writes it. */
export const idSchema = z.uuid().toLowerCase();
/** A time, RFC 3339 in UTC. */
export const timeSchema = z.string();
/** Whether a text is the name of a time zone of the IANA database that is known here. */
export function isTimeZone(name: string): boolean {
  // Offsets such as +02:00 are zones to Intl, and know no daylight saving.
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
/** A value of a series, which may be infinite. */
export const measuredValueSchema = z.union([z.number(), z.enum(INFINITE_VALUES)]);

// Control and bidirectional characters have no place in a name.
// oxlint-disable-next-line no-control-regex -- refusing control characters is the point
const FORBIDDEN = /[\u0000-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;
/** Joiners, which spell words of Persian and Hindi, and make one emoji of several: between what they can join, alone. */
const LOOSE_JOINER =
  /(?<![\p{L}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}])[\u200c\u200d]|[\u200c\u200d](?![\p{L}\p{M}\p{Extended_Pictographic}])/u;
/** What is seen: neither a space nor left out by whoever shows it; the blank Braille pattern is a space by its look. */
const SEEN = /[^\p{Default_Ignorable_Code_Point}\p{Z}\p{C}\p{M}\u2800]/u;

/**
 * A name that people give: 1..max characters after trimming, one line. Spaces beside each other become one, since no
 * list shows more.
 */
export function nameSchema(max = 200) {
  return z
    .string()
    .trim()
    .min(1, 'is required')
    .max(max)
    .refine((value) => !FORBIDDEN.test(value) && !LOOSE_JOINER.test(value), 'holds control characters')
    .refine((value) => SEEN.test(value), 'holds nothing that can be seen')
    .overwrite((value) => value.replaceAll(/\p{Zs}{2,}/gu, ' '));
}

/** Returns a host name in the form in which it is kept: as composed letters, without the last dot of DNS. */
export function hostnameForm(name: string): string {
  return name.normalize('NFC').replace(/(?<=[^.])\.$/, '');
}

/** The name that a host gives itself. */
export function hostnameSchema() {
  return nameSchema(253).overwrite(hostnameForm);
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
