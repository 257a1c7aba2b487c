/** Values that agents send, as `SnmpValue` and the objects of a capture have them. */
export type ObjectValue = number | bigint | string | Uint8Array | null;

/** Turns a value into text: octets as UTF-8, or as Latin-1 where they are none; octets with controls are no text. */
export function objectText(value: ObjectValue): string {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (!(value instanceof Uint8Array)) return String(value);
  const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  const end = bytes.indexOf(0);
  const text = end < 0 ? bytes : bytes.subarray(0, end);
  const utf8 = text.toString('utf8');
  const plain = utf8.includes('\ufffd') ? text.toString('latin1') : utf8;
  // oxlint-disable-next-line no-control-regex -- controls are how octets that are no text are told
  return /[\u0001-\u0008\u000e-\u001f]/.test(plain) ? '' : plain;
}
