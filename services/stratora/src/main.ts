import { runCli } from './cli.ts';
import { COMMANDS, HELP } from './commands.ts';

await runCli(COMMANDS, HELP);
