/** The command line is wrong; the message says what to write instead. */
export class CommandLineError extends Error {
  /** The exit code for it: 2 for an option or action that there is not, 1 for a value that cannot be used. */
  readonly exitCode: 1 | 2;

  constructor(message: string, exitCode: 1 | 2 = 1) {
    super(message);
    this.name = 'CommandLineError';
    this.exitCode = exitCode;
  }
}
