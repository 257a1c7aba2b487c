/** A link that nobody has seen for this long is gone. */
export const FADE_AFTER_MS = 14 * 24 * 60 * 60_000;
