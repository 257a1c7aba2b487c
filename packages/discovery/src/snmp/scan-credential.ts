import type { CommunitySecret, DiscoveryOrder, SnmpV3Secret } from '@stratora/contract';
import { checkUser, type UsmUser } from '@stratora/snmp';

/** A credential as the scan tries it. */
export type ScanCredential =
  | { readonly id: string; readonly version: 1 | 2; readonly community: string }
  | { readonly id: string; readonly version: 3; readonly user: UsmUser };

/** The login with which a device answered. */
export type SnmpLogin = ScanCredential;

export interface ReadCredentials {
  readonly credentials: readonly ScanCredential[];
  /** Credentials that can never work, in sentences; nothing of a secret is in them. */
  readonly remarks: readonly string[];
}

const MAX_COMMUNITY_BYTES = 255;

/** Reads the credentials of an order: those of SNMP, in their order. Others say nothing to a scan. */
export function readCredentials(given: DiscoveryOrder['credentials']): ReadCredentials {
  const credentials: ScanCredential[] = [];
  const remarks: string[] = [];
  for (const [at, { id, type, secret }] of given.entries()) {
    try {
      if (type === 'snmp_v1' || type === 'snmp_v2c') {
        const { community } = secret as CommunitySecret;
        if (Buffer.byteLength(community) > MAX_COMMUNITY_BYTES)
          throw new RangeError('the community is longer than 255 octets');
        credentials.push({ id, version: type === 'snmp_v1' ? 1 : 2, community });
      } else if (type === 'snmp_v3') {
        const user = userOf(secret as SnmpV3Secret);
        checkUser(user);
        credentials.push({ id, version: 3, user });
      }
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      remarks.push(`Credential ${at + 1} was not tried: ${error.message}.`);
    }
  }
  return { credentials, remarks };
}

function userOf(secret: SnmpV3Secret): UsmUser {
  return {
    secName: secret.username,
    secLevel: secret.security_level,
    authProtocol: secret.auth_protocol,
    authPassword: secret.auth_password,
    privProtocol: secret.priv_protocol,
    privPassword: secret.priv_password,
    contextName: secret.context_name,
  };
}

/** Name of a version in sentences. */
export function versionWord(version: 1 | 2 | 3): 'v1' | 'v2c' | 'v3' {
  return version === 2 ? 'v2c' : version === 1 ? 'v1' : 'v3';
}
