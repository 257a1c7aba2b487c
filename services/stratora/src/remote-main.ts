import { type Command, runCli } from './cli.ts';

/**
 * The commands of a host with a collector or an agent, and nothing of the server: the program that the server hands
 * out.
 */
const COMMANDS: Record<string, Command> = {
  collector: async (args) => (await import('./component-command.ts')).runComponentCommand('collector', args),
  agent: async (args) => (await import('./component-command.ts')).runComponentCommand('agent', args),
  engine: async (args) => (await import('./engine-command.ts')).runEngineCommand(args),
};

const HELP = `Stratora on a host with a collector or an agent

Usage: stratora COMMAND [options]

  collector run|enroll|status      a collector on this host (stratora collector --help)
  agent run|enroll|status          the agent of this host (stratora agent --help)
  engine run|check --config FILE   the embedded engine on a telegraf.conf

  --version, --help
`;

await runCli(COMMANDS, HELP);
