import type { Command } from './cli.ts';

/** The commands of a host with a collector or an agent, and nothing of the server. Each loads its own modules. */
export const COMPONENT_COMMANDS: Record<string, Command> = {
  collector: {
    run: async (args) => (await import('./component-command.ts')).runComponentCommand('collector', args),
    help: async (action) => (await import('./component-help.ts')).componentHelp('collector', action),
  },
  agent: {
    run: async (args) => (await import('./component-command.ts')).runComponentCommand('agent', args),
    help: async (action) => (await import('./component-help.ts')).componentHelp('agent', action),
  },
  engine: {
    run: async (args) => (await import('./engine-command.ts')).runEngineCommand(args),
    help: async (action) => (await import('./engine-command.ts')).engineHelp(action),
  },
};
