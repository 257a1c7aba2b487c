/**
 * Escaping of InfluxDB line protocol names and tag values, as VictoriaMetrics reads it back.
 *
 * Comma, space and (outside a measurement) the equals sign take a backslash. A backslash is doubled only where it
 * would otherwise be read as the start of an escape: before one of those characters, before another backslash and at
 * the end. Control characters cannot be carried by the protocol and become a space; so does half a surrogate pair
 * become U+FFFD when the text is encoded.
 *
 * Source: InfluxDB line protocol reference, "Special characters".
 */
const SPECIAL = /[\\, =]|\p{Cc}/u;

/** Escapes a tag key, a tag value or a field key. */
export function escapeName(text: string): string {
  return SPECIAL.test(text) ? escapeSlowly(text, true) : text;
}

/** Escapes a measurement name, in which the equals sign stands for itself. */
export function escapeMeasurement(text: string): string {
  // A leading '#' would turn the line into a comment.
  const safe = text.charCodeAt(0) === 0x23 ? `_${text.slice(1)}` : text;
  return SPECIAL.test(safe) ? escapeSlowly(safe, false) : safe;
}

/** Takes the escapes out of a measurement, key or tag value. */
export function unescapeName(raw: string): string {
  return raw.includes('\\') ? raw.replace(/\\([, =\\])/g, '$1') : raw;
}

/** Escapes the inside of a quoted string field. */
export function escapeString(text: string): string {
  return /["\\]|\p{Cc}/u.test(text) ? text.replace(/["\\]/g, String.raw`\$&`).replace(/\p{Cc}/gu, ' ') : text;
}

function escapeSlowly(text: string, escapeEquals: boolean): string {
  const clean = text.replace(/\p{Cc}/gu, ' ');
  let out = '';
  for (let index = 0; index < clean.length; index += 1) {
    const character = clean.charAt(index);
    if (character === ',' || character === ' ' || (character === '=' && escapeEquals)) {
      out += `\\${character}`;
    } else if (character === '\\' && startsEscape(clean, index + 1)) {
      out += '\\\\';
    } else {
      out += character;
    }
  }
  return out;
}

function startsEscape(text: string, index: number): boolean {
  return index >= text.length || ', =\\'.includes(text.charAt(index));
}
