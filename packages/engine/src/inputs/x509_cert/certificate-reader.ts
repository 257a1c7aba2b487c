import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';

/** The facts that Telegraf gives of a certificate, its tags by name. */
export interface CertificateFacts {
  readonly tags: Readonly<Record<string, string | undefined>>;
  readonly notBeforeSeconds: number;
  readonly notAfterSeconds: number;
  /** Size of the key; not a number for keys of other kinds. */
  readonly keyBits: number;
  readonly isSelfSigned: boolean;
  readonly isAuthority: boolean;
}

/** Names of Go's crypto/x509 by object identifier (RFC 8017, RFC 5758, RFC 8410). */
const SIGNATURE_NAMES: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.4': 'MD5-RSA',
  '1.2.840.113549.1.1.5': 'SHA1-RSA',
  '1.2.840.113549.1.1.11': 'SHA256-RSA',
  '1.2.840.113549.1.1.12': 'SHA384-RSA',
  '1.2.840.113549.1.1.13': 'SHA512-RSA',
  '1.2.840.10040.4.3': 'DSA-SHA1',
  '2.16.840.1.101.3.4.3.2': 'DSA-SHA256',
  '1.2.840.10045.4.1': 'ECDSA-SHA1',
  '1.2.840.10045.4.3.2': 'ECDSA-SHA256',
  '1.2.840.10045.4.3.3': 'ECDSA-SHA384',
  '1.2.840.10045.4.3.4': 'ECDSA-SHA512',
  '1.3.101.112': 'Ed25519',
};
const RSA_PSS = '1.2.840.113549.1.1.10';
/** DER of the identifiers of SHA-384 and SHA-512, which the parameters of RSA-PSS name. */
const SHA384 = Buffer.from('0609608648016503040202', 'hex');
const SHA512 = Buffer.from('0609608648016503040203', 'hex');
const KEY_NAMES: Readonly<Record<string, string>> = {
  rsa: 'RSA',
  'rsa-pss': 'RSA',
  dsa: 'DSA',
  ec: 'ECDSA',
  ed25519: 'Ed25519',
};

type Name = Readonly<Record<string, string | readonly string[] | undefined>>;

/** @throws when the octets are not a certificate */
export function readCertificate(der: Buffer, padsSerial: boolean): CertificateFacts {
  const certificate = new X509Certificate(der);
  const legacy = certificate.toLegacyObject();
  const subject = (legacy.subject ?? {}) as unknown as Name;
  const issuer = (legacy.issuer ?? {}) as unknown as Name;
  return {
    tags: {
      common_name: last(subject['CN']),
      serial_number: serialOf(certificate.serialNumber, padsSerial),
      signature_algorithm: signatureOf(certificate),
      public_key_algorithm: KEY_NAMES[keyTypeOf(certificate)] ?? '0',
      organization: first(subject['O']),
      organizational_unit: first(subject['OU']),
      country: first(subject['C']),
      province: first(subject['ST']),
      locality: first(subject['L']),
      issuer_common_name: last(issuer['CN']),
      issuer_serial_number: last(issuer['serialNumber']),
      san: alternativeNames(certificate.subjectAltName),
    },
    notBeforeSeconds: Math.floor(certificate.validFromDate.getTime() / 1000),
    notAfterSeconds: Math.floor(certificate.validToDate.getTime() / 1000),
    keyBits: keyBitsOf(certificate),
    isSelfSigned: isSelfSigned(certificate),
    isAuthority: certificate.ca,
  };
}

function isSelfSigned(certificate: X509Certificate): boolean {
  try {
    return certificate.checkIssued(certificate) && certificate.verify(certificate.publicKey);
  } catch {
    return false;
  }
}

/** Sizes of the curves that Go knows. */
const CURVE_BITS: Readonly<Record<string, number>> = {
  secp224r1: 224,
  prime256v1: 256,
  secp384r1: 384,
  secp521r1: 521,
};

function keyBitsOf(certificate: X509Certificate): number {
  try {
    const { asymmetricKeyType, asymmetricKeyDetails: details } = certificate.publicKey;
    if (asymmetricKeyType === 'ed25519') return 256;
    if (asymmetricKeyType === 'ec') return CURVE_BITS[details?.namedCurve ?? ''] ?? Number.NaN;
    const isRsa = asymmetricKeyType === 'rsa' || asymmetricKeyType === 'rsa-pss';
    // Whole octets, as Telegraf counts.
    return isRsa ? Math.ceil((details?.modulusLength ?? Number.NaN) / 8) * 8 : Number.NaN;
  } catch {
    return Number.NaN;
  }
}

function keyTypeOf(certificate: X509Certificate): string {
  try {
    return certificate.publicKey.asymmetricKeyType ?? '';
  } catch {
    return '';
  }
}

function signatureOf(certificate: X509Certificate): string {
  const identifier = certificate.signatureAlgorithmOid;
  if (identifier !== RSA_PSS) return SIGNATURE_NAMES[identifier ?? ''] ?? '0';
  if (certificate.raw.includes(SHA512)) return 'SHA512-RSAPSS';
  return certificate.raw.includes(SHA384) ? 'SHA384-RSAPSS' : 'SHA256-RSAPSS';
}

function serialOf(hex: string, pads: boolean): string {
  const bare = hex.toLowerCase().replace(/^0+(?=.)/, '');
  return pads ? bare.padStart(16, '0') : bare;
}

function first(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : value?.[0];
}

/** Returns the last of several common names, which Go keeps. */
function last(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : value?.at(-1);
}

/** Renders names, addresses of mail, IP addresses and URIs, in this order, with commas. */
function alternativeNames(text: string | undefined): string {
  const found: Record<string, string[]> = { DNS: [], email: [], 'IP Address': [], URI: [] };
  // Values with a comma or a quote come as JSON strings.
  for (const part of (text ?? '').matchAll(/(DNS|email|IP Address|URI):("(?:[^"\\]|\\.)*"|[^,]*)(?:, |$)/g)) {
    const [, kind = '', value = ''] = part;
    found[kind]?.push(value.startsWith('"') ? (JSON.parse(value) as string) : value);
  }
  const addresses = (found['IP Address'] ?? []).map(canonicalAddress);
  return [...(found['DNS'] ?? []), ...(found['email'] ?? []), ...addresses, ...(found['URI'] ?? [])].join(
    ',',
  );
}

function canonicalAddress(address: string): string {
  return isIP(address) === 6 ? new URL(`http://[${address}]`).hostname.slice(1, -1) : address;
}
