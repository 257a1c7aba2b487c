/** The cookie of a browser's session, which no script reads. */
export const SESSION_COOKIE = 'stratora_session';

/**
 * The cookie beside it that scripts read: it says that there is a session, so that who has none is not asked for it. It
 * opens nothing.
 */
export const SIGNED_IN_COOKIE = 'stratora_signed_in';
