/** The system cannot start on this host; the message says what is in the way, and what to do. */
export class CannotStartError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CannotStartError';
  }
}
