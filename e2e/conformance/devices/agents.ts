import { AUTH_PROTOCOLS, PRIV_PROTOCOLS, type UsmUser } from '@stratora/snmp';

/** Addresses of the devices of the stage, all on port 161. */
export const AGENTS = {
  values: '127.1.0.1',
  tables: '127.1.0.2',
  community: '127.1.0.3',
  /** A device that takes requests and never answers. */
  silent: '127.1.0.5',
  lossy: '127.1.0.6',
  slow: '127.1.0.7',
  tooBig: '127.1.0.8',
  cut: '127.1.0.9',
  version3: '127.1.0.11',
  smallAnswers: '127.1.0.12',
  /** A device whose table has a few rows at first, and thousands after a while. */
  growing: '127.1.0.13',
  ipv6: '::1',
  snmpd: '127.1.9.1',
  /** Some of its values cannot be read. */
  oddValues: '127.1.2.1',
  noBulk: '127.1.2.2',
  unordered: '127.1.2.3',
  shortIds: '127.1.2.4',
  badColumn: '127.1.2.5',
  badRow: '127.1.2.6',
  /** Devices with a fault in every answer. */
  hostile: {
    wrongId: '127.1.1.1',
    wrongVersion: '127.1.1.2',
    wrongCommunity: '127.1.1.3',
    spoofed: '127.1.1.4',
    garbage: '127.1.1.5',
    deep: '127.1.1.6',
    trailing: '127.1.1.7',
    longInteger: '127.1.1.8',
    longOid: '127.1.1.9',
    longLength: '127.1.1.10',
    empty: '127.1.1.11',
    generalError: '127.1.1.12',
  },
} as const;

/** Address where nothing listens: the port answers with "unreachable". */
export const CLOSED_AGENT = '127.1.0.4';

const PASSWORDS = { authPassword: 'authentication phrase', privPassword: 'privacy phrase' } as const;

/** Users: one for each authentication protocol, for each privacy protocol, and one without either. */
export const V3_USERS: readonly UsmUser[] = [
  { secName: 'nobody', secLevel: 'noAuthNoPriv' },
  ...AUTH_PROTOCOLS.map(
    (authProtocol): UsmUser => ({
      secName: `auth-${authProtocol}`,
      secLevel: 'authNoPriv',
      authProtocol,
      authPassword: PASSWORDS.authPassword,
    }),
  ),
  ...AUTH_PROTOCOLS.flatMap((authProtocol) =>
    PRIV_PROTOCOLS.map(
      (privProtocol): UsmUser => ({
        secName: `priv-${authProtocol}-${privProtocol}`,
        secLevel: 'authPriv',
        authProtocol,
        privProtocol,
        ...PASSWORDS,
      }),
    ),
  ),
];

/** Users of the real agent, with their lines of its configuration. */
export const SNMPD_USERS = [
  {
    name: 'real-md5-des',
    level: 'priv',
    create: 'real-md5-des MD5 "authentication phrase" DES "privacy phrase"',
    auth: 'MD5',
    priv: 'DES',
  },
  {
    name: 'real-sha-aes',
    level: 'priv',
    create: 'real-sha-aes SHA "authentication phrase" AES "privacy phrase"',
    auth: 'SHA',
    priv: 'AES',
  },
  {
    name: 'real-sha256',
    level: 'auth',
    create: 'real-sha256 SHA-256 "authentication phrase"',
    auth: 'SHA256',
    priv: undefined,
  },
  {
    name: 'real-sha512-aes',
    level: 'priv',
    create: 'real-sha512-aes SHA-512 "authentication phrase" AES "privacy phrase"',
    auth: 'SHA512',
    priv: 'AES',
  },
] as const;
