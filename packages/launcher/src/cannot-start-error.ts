/** Something of this host is in the way; the message says what, and what to do. */
export class CannotStartError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CannotStartError';
  }
}
