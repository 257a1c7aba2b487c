/** A command that takes the arguments after its name and returns the exit code. */
export type Command = (args: readonly string[]) => Promise<number>;

/** Runs the command of this process's arguments, and ends the process with its exit code. */
export async function runCli(commands: Readonly<Record<string, Command>>, help: string): Promise<void> {
  // A reader of our output that has ended must not end us before everything is stopped.
  process.stdout.on('error', () => {});
  process.stderr.on('error', () => {});
  const [name = '--help', ...args] = process.argv.slice(2);
  if (name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(help);
    return;
  }
  if (name === '--version') {
    const { VERSION } = await import('./version.ts');
    process.stdout.write(`${VERSION}\n`);
    return;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) {
    process.stderr.write(`stratora: there is no command "${name}".\n\n${help}`);
    process.exit(2);
  }
  try {
    // Exit rather than wait: a leftover timer of a library must not keep a stopped service alive.
    process.exit(await command(args));
  } catch (error) {
    process.stderr.write(`stratora ${name}: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}
