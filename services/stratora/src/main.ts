import { COMMANDS, HELP } from './commands.ts';

// A reader that has gone away must not end us before everything is stopped.
process.stdout.on('error', () => {});
process.stderr.on('error', () => {});

const [name = '--help', ...args] = process.argv.slice(2);

if (name === '--help' || name === '-h' || name === 'help') {
  process.stdout.write(HELP);
} else if (name === '--version') {
  const { VERSION } = await import('./version.ts');
  process.stdout.write(`${VERSION}\n`);
} else {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) {
    process.stderr.write(`stratora: there is no command "${name}".\n\n${HELP}`);
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
