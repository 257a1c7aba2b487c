/** A command of the program. */
export interface Command {
  /** Runs it with the arguments after its name. @returns the exit code */
  run(args: readonly string[]): Promise<number>;
  /** Renders its own help, or that of one of its actions. */
  help(action?: string): Promise<string> | string;
}

/** Runs the command of this process's arguments, and ends the process with its exit code. */
export async function runCli(commands: Readonly<Record<string, Command>>, help: string): Promise<void> {
  // A reader of our output that has ended must not end us before everything is stopped.
  process.stdout.on('error', () => {});
  process.stderr.on('error', () => {});
  const [name = '--help', ...args] = process.argv.slice(2);
  const asked = helpRequest(name, args);
  if (asked !== undefined) {
    const command = find(commands, asked[0]);
    process.stdout.write(command === undefined ? help : await command.help(asked[1]));
    return;
  }
  if (name === '--version') {
    const { VERSION } = await import('./version.ts');
    process.stdout.write(`${VERSION}\n`);
    return;
  }
  const command = find(commands, name);
  if (command === undefined) {
    process.stderr.write(`stratora: there is no command "${name}".\n\n${help}`);
    process.exit(2);
  }
  const code = await command.run(args).catch((error: unknown) => {
    process.stderr.write(`stratora ${name}: ${error instanceof Error ? error.message : String(error)}\n`);
    return (error as { exitCode?: number }).exitCode ?? 1;
  });
  // Exit rather than wait: a leftover timer of a library must not keep a stopped service alive.
  await Promise.all([process.stdout, process.stderr].map(untilRead));
  process.exit(code);
}

/** Waits until a reader has taken all of a stream, or has ended: a pipe holds 64 KiB, and an exit drops the rest. */
async function untilRead(stream: NodeJS.WriteStream): Promise<void> {
  if (stream.writableLength === 0 || stream.destroyed) return;
  await new Promise<void>((resolve) => {
    stream.once('close', resolve);
    stream.write('', () => resolve());
  });
}

function find(commands: Readonly<Record<string, Command>>, name: string | undefined): Command | undefined {
  return name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined;
}

/**
 * Finds out what help is asked for: `--help`, `help COMMAND [ACTION]` or `COMMAND [ACTION] --help`, at any place.
 *
 * @returns the command and its action; undefined when none is asked for
 */
export function helpRequest(name: string, args: readonly string[]): string[] | undefined {
  const words = args.filter((arg) => !arg.startsWith('-'));
  if (name === '--help' || name === '-h' || name === 'help') return words;
  const own = args.includes('--') ? args.slice(0, args.indexOf('--')) : args;
  return own.includes('--help') || own.includes('-h') ? [name, ...words] : undefined;
}
