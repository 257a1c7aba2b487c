/** The address of a device. `host` is an IPv4 or IPv6 address (no brackets) or a DNS name; port 161 by default. */
export interface SnmpAddress {
  readonly host: string;
  readonly port?: number | undefined;
  /** Transport; `udp4` and `udp6` pick the family a name is resolved to, `udp` (default) takes what the name has. */
  readonly transport?: 'udp' | 'udp4' | 'udp6' | undefined;
  /** Wait for one answer, milliseconds; 5,000 by default, as in Telegraf. */
  readonly timeoutMs?: number | undefined;
  /** Requests sent again after the first one got no answer; 3 by default, as in Telegraf. */
  readonly retries?: number | undefined;
  /** Gentleness for a device that breaks under ordinary polling. */
  readonly pace?: SnmpPace | undefined;
}

/** How gently a device is asked; it never has two of our requests in flight anyway. */
export interface SnmpPace {
  /** Most requests per second, repeats included; any number by default. */
  readonly requestsPerSecond?: number | undefined;
  /** False for GETNEXT in place of GETBULK, row by row; true by default. */
  readonly getBulk?: boolean | undefined;
}

export interface CommunityTarget extends SnmpAddress {
  readonly version: 1 | 2;
  readonly community: string;
}

export interface UserTarget extends SnmpAddress {
  readonly version: 3;
  readonly user: UsmUser;
}

export type SnmpTarget = CommunityTarget | UserTarget;

export const AUTH_PROTOCOLS = ['MD5', 'SHA', 'SHA224', 'SHA256', 'SHA384', 'SHA512'] as const;
export type AuthProtocol = (typeof AUTH_PROTOCOLS)[number];

/** Privacy protocols. AES192 and AES256 extend keys by Blumenthal's draft, AES192C and AES256C by Reeder's (Cisco). */
export const PRIV_PROTOCOLS = ['DES', 'AES', 'AES192', 'AES192C', 'AES256', 'AES256C'] as const;
export type PrivProtocol = (typeof PRIV_PROTOCOLS)[number];

export const SECURITY_LEVELS = ['noAuthNoPriv', 'authNoPriv', 'authPriv'] as const;
export type SecurityLevel = (typeof SECURITY_LEVELS)[number];

/**
 * An SNMPv3 user, named as in Telegraf's options (sec_name, sec_level, auth_protocol, auth_password, priv_protocol,
 * priv_password, context_name). What the level does not need is ignored.
 */
export interface UsmUser {
  readonly secName: string;
  readonly secLevel: SecurityLevel;
  readonly authProtocol?: AuthProtocol | undefined;
  readonly authPassword?: string | undefined;
  readonly privProtocol?: PrivProtocol | undefined;
  readonly privPassword?: string | undefined;
  readonly contextName?: string | undefined;
}
