import type { Command } from './cli.ts';
import { COMPONENT_COMMANDS } from './component-commands.ts';

// Every command loads its own modules: an engine, of which each component runs one, must not carry a server.
export const COMMANDS: Record<string, Command> = {
  up: {
    run: async (args) => (await import('./up-command.ts')).runUpCommand(args),
    help: async () => (await import('@stratora/launcher')).UP_HELP,
  },
  demo: {
    run: async (args) => (await import('./demo-command.ts')).runDemoCommand(args),
    help: async () => (await import('./demo-command.ts')).DEMO_HELP,
  },
  server: {
    run: async (args) => (await import('./server-command.ts')).runServerCommand(args),
    help: async () => (await import('./server-command.ts')).SERVER_HELP,
  },
  migrate: {
    run: async (args) => (await import('./server-command.ts')).runMigrateCommand(args),
    help: async () => (await import('./server-command.ts')).MIGRATE_HELP,
  },
  ...COMPONENT_COMMANDS,
  simulate: {
    run: async (args) => (await import('./simulate-command.ts')).runSimulateCommand(args),
    help: async () => (await import('./simulate-command.ts')).SIMULATE_HELP,
  },
  identify: {
    run: async (args) => (await import('./identify-command.ts')).runIdentifyCommand(args),
    help: async () => (await import('./identify-command.ts')).IDENTIFY_HELP,
  },
  template: {
    run: async (args) => (await import('./template-command.ts')).runTemplateCommand(args),
    help: async (action) => (await import('./template-command.ts')).templateHelp(action),
  },
  alerts: {
    run: async (args) => (await import('./alerts-command.ts')).runAlertsCommand(args),
    help: async (action) => (await import('./alerts-command.ts')).alertsHelp(action),
  },
  maintenance: {
    run: async (args) => (await import('./maintenance-command.ts')).runMaintenanceCommand(args),
    help: async (action) => (await import('./maintenance-command.ts')).maintenanceHelp(action),
  },
  'credential-key': {
    run: async (args) => (await import('./credential-key-command.ts')).runCredentialKeyCommand(args),
    help: async (action) => (await import('./credential-key-command.ts')).credentialKeyHelp(action),
  },
  doctor: {
    run: async (args) => (await import('./doctor-command.ts')).runDoctorCommand(args),
    help: async () => (await import('./doctor-command.ts')).DOCTOR_HELP,
  },
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
  identify FILE.snmprec            what a recorded device is (stratora identify --help)
  template preview|propose|check   device templates, tried on recorded devices
  alerts list|ack                  alerts of a running server, for scripts (stratora alerts --help)
  maintenance start|list|end       maintenance windows, for scripts (stratora maintenance --help)
  credential-key rotate|status     the key that seals secrets (stratora credential-key --help)
  doctor [--json]                  checks this installation and says what to do

  --version, --help                COMMAND --help says more about one
`;
