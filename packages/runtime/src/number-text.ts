/**
 * Units, in small letters, that a device writes behind a number whatever its size. With a prefix (kW, mV, MB) or of time
 * they are left out: a device that changes from 900 W to 1.2 kW would fall by a thousand.
 */
const UNITS = [
  '%',
  // "28 C/82 F": a temperature in both, of which the first counts.
  '°? ?c ?/ ?-?\\d+(?:\\.\\d+)? ?°? ?f',
  '(?:°|º|deg\\.? ?)?[cf]',
  'v(?:ac|dc)?',
  'a(?:mps?)?',
  'w(?:atts?)?',
  'va',
  'hz',
  'rpm',
  'db[mi]?',
  'lux',
  'ppm',
] as const;

const MEASURED = new RegExp(
  `^([+-]?(?:\\d[\\d_]*\\.?\\d*|\\.\\d+)(?:e[+-]?\\d+)?)\\s*(?:${UNITS.join('|')})?$`,
  'i',
);
/** Spaces before, and what ends a text of C behind. NUL in front is that of a number in binary. */
const OUTER = /^[ \t]+|[\s\0]+$/g;

/**
 * Finds the number that a text of a device stands for: spaces and NUL around it, and a unit behind it that does not change
 * with its size, are left out. Undefined for any other text: nothing is made of "12 days" or "v2".
 *
 * @returns the number as it was written
 */
export function numberInText(text: string): string | undefined {
  return MEASURED.exec(text.replace(OUTER, ''))?.[1];
}
