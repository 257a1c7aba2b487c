// Controls except tab (C0, DEL, C1), bidirectional marks and overrides, zero-width characters, line and paragraph
// separators, byte order mark: what can forge a log line, a terminal or the look of a name.
// oxlint-disable-next-line no-control-regex -- removing control characters is the point
const UNSAFE = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** Most bytes of any text that a device or a host gave us. */
export const UNTRUSTED_TEXT_MAX_BYTES = 1024;

/**
 * Makes text from a device safe, once at the door: line breaks become spaces, control and bidirectional characters go,
 * and the rest is cut to `maxBytes` of UTF-8 without splitting a character. It still must be encoded where shown.
 */
export function sanitizeText(text: string, maxBytes: number = UNTRUSTED_TEXT_MAX_BYTES): string {
  const clean = text
    .slice(0, maxBytes * 4)
    .replace(/\r\n|\r|\n/g, ' ')
    .replace(UNSAFE, '')
    .toWellFormed();
  const bytes = Buffer.from(clean, 'utf8');
  if (bytes.length <= maxBytes) return clean.trim();
  let end = maxBytes;
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return bytes.toString('utf8', 0, end).trim();
}
