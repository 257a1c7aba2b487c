import { LOG_LEVELS } from '@stratora/runtime';

/** The text of `stratora up --help`. */
export const UP_HELP = `Starts the whole single-server system in the foreground.

Usage: npm start -- [options]        or: stratora up [options]

  --data-dir DIR          where everything is kept            STRATORA_DATA_DIR       ./data
  --host ADDR             address to listen on                STRATORA_HOST           127.0.0.1
                          (0.0.0.0 serves the network)
  --https-port N          port of the web UI and the API      STRATORA_HTTPS_PORT     8443
  --admin-password P      first password of the user admin    STRATORA_ADMIN_PASSWORD a random one, printed once
  --public-origin URLS    https addresses by which browsers    STRATORA_PUBLIC_ORIGIN  that of --host and --https-port
                          reach it otherwise, such as that of
                          your own reverse proxy; with commas
  --no-collector          without the local collector
  --no-agent              without the agent of this host
  --proxy nginx|builtin   what answers on the port            STRATORA_PROXY          nginx where it is found
  --help                  this text

Only as environment variables:
  DATABASE_URL                            your PostgreSQL (15 or newer) instead of the embedded one
  STRATORA_METRICS_WRITE_URL, _READ_URL   your VictoriaMetrics instead of the embedded one; set both
  STRATORA_VICTORIA_METRICS_BIN, STRATORA_NGINX_BIN, STRATORA_TELEGRAF_BIN   programs to use
  STRATORA_TOOL_CACHE                     where downloaded programs are kept (~/.cache/stratora)
  STRATORA_CREDENTIAL_KEY_1 (_2, ...)     64 hex digits each, instead of DATA/credential.key
  STRATORA_OUTBOUND_ALLOW                 networks (CIDR, with commas) that outgoing calls may reach all the same
  STRATORA_LOG_LEVEL                      ${LOG_LEVELS.join(', ')} (info)

An option wins over its variable.
`;
