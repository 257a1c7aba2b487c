export const NEWLINE = 0x0a;
export const CARRIAGE_RETURN = 0x0d;
export const SPACE = 0x20;
export const QUOTE = 0x22;
export const HASH = 0x23;
export const PLUS = 0x2b;
export const COMMA = 0x2c;
export const MINUS = 0x2d;
export const DOT = 0x2e;
export const ZERO = 0x30;
export const NINE = 0x39;
export const EQUALS = 0x3d;
export const BACKSLASH = 0x5c;
export const UNDERSCORE = 0x5f;

/**
 * Table with 1 for a byte that ends or interrupts a run of plain name bytes: separators, backslash, quote and controls.
 */
export const STOPS_NAME = table(`,= \\"`);
/** Table with 1 for a byte that ends or interrupts text between quotes. */
export const STOPS_TEXT = table(`\\"`);

function table(stops: string): Uint8Array {
  const classes = new Uint8Array(256);
  classes.fill(1, 0, 0x20);
  classes[0x7f] = 1;
  for (const character of stops) classes[character.charCodeAt(0)] = 1;
  return classes;
}

/** True for bytes that a backslash escapes in a name or tag value; before any other it stands for itself. */
export function isEscapable(byte: number | undefined): boolean {
  return byte === COMMA || byte === SPACE || byte === EQUALS || byte === BACKSLASH;
}
