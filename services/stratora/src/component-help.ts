import type { ComponentType } from '@stratora/contract';

const WHAT: Record<ComponentType, string> = {
  collector: 'A collector on this host: it polls the devices of a network segment.',
  agent: 'The agent of this host: it reports the host itself.',
};

export function componentHelp(type: ComponentType): string {
  return `${WHAT[type]}

Usage: stratora ${type} run|enroll|status [options]

  enroll             makes it known to a server, once, with a token; run again, it stays the same component
  run                runs it in the foreground until SIGINT or SIGTERM; nothing is lost at a stop
  status             shows what it does, from the state directory alone

  --server URL       https address of the server, a name or an IP address    STRATORA_SERVER_URL
  --ca-sha256 HEX    SHA-256 of its authority, as the web UI shows it        STRATORA_CA_SHA256
  --ca-file FILE     the authority itself (tls/ca.crt of the server)         STRATORA_CA_FILE
  --token TOKEN      enrollment token                                        STRATORA_ENROLLMENT_TOKEN (or _FILE)
  --proxy URL        http://[user:password@]host:port, the way out           HTTPS_PROXY (and NO_PROXY)
  --state-dir DIR    identity, config and queue                              STRATORA_STATE_DIR
  --name NAME        what it is called                                       STRATORA_COMPONENT_NAME
  --site SITE        where it stands                                         STRATORA_SITE
  --hostname NAME    instead of the host's own name                          STRATORA_HOSTNAME
  --json             one JSON document, for programs (enroll, status)

After "enroll" the state directory remembers the server, its authority and the proxy, so "run" needs no option.

Exit codes: 0 done (status: it is running), 1 not done (status: it is not running), 2 wrong options.
`;
}
