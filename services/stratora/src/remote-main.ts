import { runCli } from './cli.ts';
import { COMPONENT_COMMANDS } from './component-commands.ts';

const HELP = `Stratora on a host with a collector or an agent

Usage: stratora COMMAND [options]

  collector run|enroll|status      a collector on this host (stratora collector --help)
  agent run|enroll|status          the agent of this host (stratora agent --help)
  engine run|check --config FILE   the embedded engine on a telegraf.conf

  --version, --help                COMMAND --help says more about one
`;

await runCli(COMPONENT_COMMANDS, HELP);
