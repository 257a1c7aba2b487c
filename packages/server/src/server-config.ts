import {
  EnvironmentError,
  type EnvironmentSource,
  envDatabaseUrl,
  envHttpUrl,
  envNetworks,
  envOptional,
  envOrigins,
  envPort,
  envString,
  readEnvironment,
  required,
} from '@stratora/runtime';

/** The process configuration of the backend, read once. */
export interface ServerConfig {
  databaseUrl: string;
  /** Port of plain HTTP on 127.0.0.1, for our own front door and for operators on this machine. */
  internalPort: number;
  /** URL at which users reach the server, without a trailing slash. */
  publicUrl: string;
  /** Further origins that browsers may show, such as that of a reverse proxy before the product. */
  publicOrigins: readonly string[];
  /** Networks that outward calls may reach although they are refused by default. */
  outboundAllow: readonly string[];
  metricsWriteUrl: string;
  metricsReadUrl: string;
  dataDir: string;
  /** Folder of the built web UI; undefined where a front door serves it. */
  webDir: string | undefined;
  templatesDir: string;
  /** Folder of the alert definitions that the product ships. */
  alertDefinitionsDir: string;
  /** Folder of the rules by which devices are identified. */
  identificationDir: string;
  migrationsDir: string;
  /** Folder of the installation, whose built program is handed out to other hosts; undefined hands out none. */
  programDir: string | undefined;
  /** First password of `admin`, taken as chosen; undefined makes a random one. */
  adminPassword: string | undefined;
  /** Hex keys by version; none to use the key file. */
  credentialKeys: ReadonlyMap<number, string>;
  credentialKeyFile: string | undefined;
  localEnrollmentTokenFile: string | undefined;
  proxySecret: string | undefined;
  /** File of the private authority that components pin. */
  caFile: string | undefined;
  version: string;
  tls: { certFile: string; keyFile: string; host: string; port: number } | undefined;
}

const CREDENTIAL_KEY = /^STRATORA_CREDENTIAL_KEY_([1-9]\d{0,3})$/;

/** Reads the configuration from the environment. @throws EnvironmentError with all faults at once */
export function readServerConfig(environment: EnvironmentSource): ServerConfig {
  const values = readEnvironment(environment, {
    DATABASE_URL: required(envDatabaseUrl()),
    STRATORA_INTERNAL_PORT: envPort(),
    STRATORA_PUBLIC_URL: required(envHttpUrl()),
    STRATORA_PUBLIC_ORIGIN: envOrigins(),
    STRATORA_OUTBOUND_ALLOW: envNetworks(),
    STRATORA_METRICS_WRITE_URL: required(envHttpUrl()),
    STRATORA_METRICS_READ_URL: required(envHttpUrl()),
    STRATORA_DATA_DIR: envString(),
    STRATORA_WEB_DIR: envOptional(),
    STRATORA_TEMPLATES_DIR: envString(),
    STRATORA_ALERT_DEFINITIONS_DIR: envString(),
    STRATORA_IDENTIFICATION_DIR: envString(),
    STRATORA_MIGRATIONS_DIR: envString(),
    STRATORA_PROGRAM_DIR: envOptional(),
    STRATORA_ADMIN_PASSWORD: envOptional(),
    STRATORA_CREDENTIAL_KEY_FILE: envOptional(),
    STRATORA_LOCAL_ENROLLMENT_TOKEN_FILE: envOptional(),
    STRATORA_PROXY_SECRET: envOptional(),
    STRATORA_CA_FILE: envOptional(),
    STRATORA_VERSION: envString({ default: '0.0.0' }),
    STRATORA_TLS_CERT_FILE: envOptional(),
    STRATORA_TLS_KEY_FILE: envOptional(),
    STRATORA_HTTPS_HOST: envString({ default: '127.0.0.1' }),
    STRATORA_HTTPS_PORT: envPort({ default: 8443 }),
  });
  for (const name of ['STRATORA_METRICS_WRITE_URL', 'STRATORA_METRICS_READ_URL'] as const) {
    const isWeb = /^https?:$/.test(URL.parse(values[name])?.protocol ?? '');
    if (!isWeb) throw new EnvironmentError([`${name} must be an http:// or https:// address`]);
  }
  return {
    databaseUrl: values.DATABASE_URL,
    internalPort: values.STRATORA_INTERNAL_PORT,
    publicUrl: values.STRATORA_PUBLIC_URL.replace(/\/+$/, ''),
    publicOrigins: values.STRATORA_PUBLIC_ORIGIN,
    outboundAllow: values.STRATORA_OUTBOUND_ALLOW,
    metricsWriteUrl: values.STRATORA_METRICS_WRITE_URL.replace(/\/+$/, ''),
    metricsReadUrl: values.STRATORA_METRICS_READ_URL.replace(/\/+$/, ''),
    dataDir: values.STRATORA_DATA_DIR,
    webDir: values.STRATORA_WEB_DIR,
    templatesDir: values.STRATORA_TEMPLATES_DIR,
    alertDefinitionsDir: values.STRATORA_ALERT_DEFINITIONS_DIR,
    identificationDir: values.STRATORA_IDENTIFICATION_DIR,
    migrationsDir: values.STRATORA_MIGRATIONS_DIR,
    programDir: values.STRATORA_PROGRAM_DIR,
    adminPassword: values.STRATORA_ADMIN_PASSWORD,
    credentialKeys: readCredentialKeys(environment),
    credentialKeyFile: values.STRATORA_CREDENTIAL_KEY_FILE,
    localEnrollmentTokenFile: values.STRATORA_LOCAL_ENROLLMENT_TOKEN_FILE,
    proxySecret: values.STRATORA_PROXY_SECRET,
    caFile: values.STRATORA_CA_FILE,
    version: values.STRATORA_VERSION,
    tls: listenerOf(values),
  };
}

/** Reads the listener of HTTPS. @throws EnvironmentError where only one half of the pair of files is given */
function listenerOf(values: {
  STRATORA_TLS_CERT_FILE: string | undefined;
  STRATORA_TLS_KEY_FILE: string | undefined;
  STRATORA_HTTPS_HOST: string;
  STRATORA_HTTPS_PORT: number;
}): ServerConfig['tls'] {
  const certFile = values.STRATORA_TLS_CERT_FILE;
  const keyFile = values.STRATORA_TLS_KEY_FILE;
  if ((certFile === undefined) !== (keyFile === undefined)) {
    throw new EnvironmentError(['STRATORA_TLS_CERT_FILE and STRATORA_TLS_KEY_FILE belong together']);
  }
  if (certFile === undefined || keyFile === undefined) return undefined;
  return { certFile, keyFile, host: values.STRATORA_HTTPS_HOST, port: values.STRATORA_HTTPS_PORT };
}

function readCredentialKeys(environment: EnvironmentSource): Map<number, string> {
  const keys = new Map<number, string>();
  const faults: string[] = [];
  for (const [name, value] of Object.entries(environment)) {
    const version = CREDENTIAL_KEY.exec(name)?.[1];
    if (version === undefined || value === undefined || value === '') continue;
    if (!/^[0-9a-fA-F]{64}$/.test(value)) faults.push(`${name} must be 64 hex digits`);
    keys.set(Number(version), value);
  }
  if (faults.length > 0) throw new EnvironmentError(faults);
  return keys;
}
