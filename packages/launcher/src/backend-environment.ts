/**
 * All environment variables that the backend process reads: the one list that launcher and backend agree on.
 * Undefined entries are not passed.
 */
export interface BackendEnvironment {
  DATABASE_URL: string;
  /** Port of plain HTTP on 127.0.0.1: the API for nginx, `/metrics` and health. */
  STRATORA_INTERNAL_PORT: string;
  /** Address that browsers and components use; origin checks and shown commands are built on it. */
  STRATORA_PUBLIC_URL: string;
  /** Further origins that browsers show, with commas between them. */
  STRATORA_PUBLIC_ORIGIN: string | undefined;
  /** Networks (CIDR) that outgoing calls may reach although they are refused otherwise, with commas between them. */
  STRATORA_OUTBOUND_ALLOW: string | undefined;
  STRATORA_METRICS_WRITE_URL: string;
  STRATORA_METRICS_READ_URL: string;
  STRATORA_DATA_DIR: string;
  STRATORA_WEB_DIR: string;
  STRATORA_TEMPLATES_DIR: string;
  STRATORA_ALERT_DEFINITIONS_DIR: string;
  STRATORA_IDENTIFICATION_DIR: string;
  STRATORA_MIGRATIONS_DIR: string;
  /** Root folder of the installation, from which the program for other hosts is made. */
  STRATORA_PROGRAM_DIR: string;
  /** The first password of `admin`, only when a person chose it. */
  STRATORA_ADMIN_PASSWORD: string | undefined;
  /** File of 64 hex digits; used when no `STRATORA_CREDENTIAL_KEY_n` is given. */
  STRATORA_CREDENTIAL_KEY_FILE: string | undefined;
  /** File of an enrollment token with `auto_approve`, valid while this backend runs. */
  STRATORA_LOCAL_ENROLLMENT_TOKEN_FILE: string;
  /** The secret that our nginx sends in `X-Stratora-Proxy`; the `X-Forwarded-For` of such a request is true. */
  STRATORA_PROXY_SECRET: string;
  STRATORA_CA_FILE: string;
  STRATORA_VERSION: string;
  STRATORA_LOG_LEVEL: string;
  /** Set with `--proxy builtin` only: the backend opens the public port itself and reads the files again on SIGHUP. */
  STRATORA_TLS_CERT_FILE: string | undefined;
  STRATORA_TLS_KEY_FILE: string | undefined;
  STRATORA_HTTPS_HOST: string | undefined;
  STRATORA_HTTPS_PORT: string | undefined;
}

/** Environment variables that the local collector and the local agent read. */
export interface ComponentEnvironment {
  STRATORA_SERVER_URL: string;
  STRATORA_CA_FILE: string;
  STRATORA_ENROLLMENT_TOKEN_FILE: string;
  STRATORA_STATE_DIR: string;
  STRATORA_LOG_LEVEL: string;
  /** The command line of the embedded engine as a JSON array, to which `run --config FILE` is added. */
  STRATORA_ENGINE_COMMAND: string;
  STRATORA_TELEGRAF_BIN: string | undefined;
  STRATORA_OUTBOUND_ALLOW: string | undefined;
  /** Folder in which Telegraf is looked for when `STRATORA_TELEGRAF_BIN` does not name it and PATH lacks it. */
  STRATORA_TOOL_CACHE: string;
}

const INHERITED = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'TZ', 'LANG', 'SystemRoot', 'SSL_CERT_DIR'];

/** Returns the few variables of our own environment that any program may need; secrets that we were given stay here. */
export function inheritedEnvironment(
  source: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined> {
  return Object.fromEntries(INHERITED.map((name) => [name, source[name]]));
}
