import type { Command } from './cli.ts';

// Every command loads its own modules: an engine, of which each component runs one, must not carry a server.
export const COMMANDS: Record<string, Command> = {
  up: async (args) => (await import('./up-command.ts')).runUpCommand(args),
  demo: async (args) => (await import('./demo-command.ts')).runDemoCommand(args),
  server: async (args) => (await import('./server-command.ts')).runServerCommand(args),
  migrate: async (args) => (await import('./server-command.ts')).runMigrateCommand(args),
  collector: async (args) => (await import('./component-command.ts')).runComponentCommand('collector', args),
  agent: async (args) => (await import('./component-command.ts')).runComponentCommand('agent', args),
  engine: async (args) => (await import('./engine-command.ts')).runEngineCommand(args),
  simulate: async (args) => (await import('./simulate-command.ts')).runSimulateCommand(args),
  doctor: async (args) => (await import('./doctor-command.ts')).runDoctorCommand(args),
};

export const HELP = `Stratora: infrastructure monitoring for IT and OT networks

Usage: stratora COMMAND [options]

  up                               the whole single-server system in the foreground (stratora up --help)
  demo                             the same with a simulated plant of 60 devices (stratora demo --help)
  server                           the backend alone, for clusters; configured by environment variables
  migrate                          brings the database of DATABASE_URL to this version
  collector run|enroll|status      a collector on this host
  agent run|enroll|status          the agent of this host
  engine run|check --config FILE   the embedded engine on a telegraf.conf
  simulate                         simulated SNMP devices (stratora simulate --help)
  doctor [--json]                  checks this installation and says what to do

  --version, --help
`;
