import type { ComponentType } from '@stratora/contract';

const WHAT: Record<ComponentType, string> = {
  collector: 'A collector on this host: it polls the devices of a network segment.',
  agent: 'The agent of this host: it reports the host itself.',
};

const ACTIONS = {
  enroll: 'makes it known to a server, once, with a token; run again, it stays the same component',
  run: 'runs it in the foreground until SIGINT or SIGTERM; nothing is lost at a stop',
  status: 'shows what it does, from the state directory alone',
} as const;
type Action = keyof typeof ACTIONS;

const SERVER_OPTIONS = `  --server URL       https address of the server, a name or an IP address    STRATORA_SERVER_URL
  --ca-sha256 HEX    SHA-256 of its authority, as the web UI shows it        STRATORA_CA_SHA256
  --ca-file FILE     the authority itself (tls/ca.crt of the server)         STRATORA_CA_FILE
  --token TOKEN      enrollment token                                        STRATORA_ENROLLMENT_TOKEN (or _FILE)
  --proxy URL        http://[user:password@]host:port, the way out           HTTPS_PROXY (and NO_PROXY)
`;
const STATE_OPTION = `  --state-dir DIR    identity, config and queue                              STRATORA_STATE_DIR
`;
const NAME_OPTIONS = `  --name NAME        what it is called                                       STRATORA_COMPONENT_NAME
  --site SITE        where it stands                                         STRATORA_SITE
  --hostname NAME    instead of the host's own name                          STRATORA_HOSTNAME
`;
const JSON_OPTION = `  --json             one JSON document, for programs
`;

const OPTIONS: Record<Action, string> = {
  enroll: SERVER_OPTIONS + STATE_OPTION + NAME_OPTIONS + JSON_OPTION,
  run: SERVER_OPTIONS + STATE_OPTION + NAME_OPTIONS,
  status: STATE_OPTION + JSON_OPTION,
};

const NOTES: Record<Action, string> = {
  enroll: `Afterwards the state directory remembers the server, its authority and the proxy, so "run" needs no option.

Exit codes: 0 enrolled, 1 not enrolled, 2 wrong options.
`,
  run: `Where "enroll" has been run before, no option is needed: the state directory remembers them.

Exit codes: 0 stopped, 1 it cannot run, 2 wrong options.
`,
  status: `Exit codes: 0 it is running, 1 it is not running, 2 wrong options.
`,
};

/** Renders the help of `stratora collector|agent`, or of one of its actions. */
export function componentHelp(type: ComponentType, action?: string): string {
  if (isAction(action)) {
    const text = ACTIONS[action];
    return `${WHAT[type]} This ${text}.

Usage: stratora ${type} ${action} [options]

${OPTIONS[action]}
${NOTES[action]}`;
  }
  const actions = Object.entries(ACTIONS).map(([name, text]) => `  ${name.padEnd(19)}${text}\n`);
  return `${WHAT[type]}

Usage: stratora ${type} enroll|run|status [options]

${actions.join('')}
${SERVER_OPTIONS}${STATE_OPTION}${NAME_OPTIONS}  --json             one JSON document, for programs (enroll, status)

After "enroll" the state directory remembers the server, its authority and the proxy, so "run" needs no option.
"stratora ${type} enroll --help" and so on say which options are for one action.

Exit codes: 0 done (status: it is running), 1 not done (status: it is not running), 2 wrong options.
`;
}

function isAction(action: string | undefined): action is Action {
  return action !== undefined && Object.hasOwn(ACTIONS, action);
}
