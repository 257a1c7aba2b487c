/** Longest text of a device that is kept, octets. */
export const MAX_DEVICE_TEXT_BYTES = 1_024;

/**
 * Control characters (C0, DEL, C1, line and paragraph separators), the bidirectional controls and invisible
 * joiners that can make text read as something else, byte order mark and unpaired surrogates.
 */
const UNSAFE =
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|\p{Surrogate}/gu;

/**
 * Text that came from a device, cut to 1 KiB of UTF-8 and stripped of what could harm a terminal, a page or a line
 * protocol. Octets that are not UTF-8 become U+FFFD. Tabs and line ends become single spaces.
 */
export function cleanDeviceText(raw: Buffer | string, maxBytes: number = MAX_DEVICE_TEXT_BYTES): string {
  const text = typeof raw === 'string' ? raw.slice(0, maxBytes) : raw.toString('utf8', 0, maxBytes);
  const clean = text
    .replace(/[\t\r\n]+/g, ' ')
    .replace(UNSAFE, '')
    .trim();
  if (Buffer.byteLength(clean) <= maxBytes) return clean;
  // Cutting octets can leave a torn character at the end; it shows as U+FFFD and goes too.
  return Buffer.from(clean)
    .toString('utf8', 0, maxBytes)
    .replace(/\ufffd+$/u, '');
}
