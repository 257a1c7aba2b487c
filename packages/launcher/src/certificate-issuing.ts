import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  cryptoProvider,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  type JsonGeneralName,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import type { HostIdentity } from './host-addresses.ts';

// Loaded only when a certificate is made: the library is large and most starts need none.

export interface KeyPairPem {
  certificate: string;
  privateKey: string;
}

export interface Validity {
  notBefore: Date;
  notAfter: Date;
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const AUTHORITY_NAME = 'CN=Stratora private CA';

cryptoProvider.set(webcrypto as unknown as Parameters<typeof cryptoProvider.set>[0]);

/** Makes a private CA; with `privateKey`, renews that CA: what trusts the old certificate trusts the new one. */
export async function issueAuthority(validity: Validity, privateKey?: string): Promise<KeyPairPem> {
  const keys = privateKey === undefined ? await generateKeys() : await importKeys(privateKey);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: randomSerial(),
    name: AUTHORITY_NAME,
    ...validity,
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return toPem(certificate, keys.privateKey);
}

/** Makes a server certificate for all names and addresses of a host, with a key of its own. */
export async function issueServerCertificate(
  authority: KeyPairPem,
  host: HostIdentity,
  validity: Validity,
): Promise<KeyPairPem> {
  const issuer = new X509Certificate(authority.certificate);
  const issuerKeys = await importKeys(authority.privateKey);
  const keys = await generateKeys();
  const names: JsonGeneralName[] = [
    ...host.dnsNames.map((value) => ({ type: 'dns' as const, value })),
    ...host.ipAddresses.map((value) => ({ type: 'ip' as const, value })),
  ];
  const certificate = await X509CertificateGenerator.create({
    serialNumber: randomSerial(),
    subject: 'CN=Stratora server',
    issuer: issuer.subject,
    ...validity,
    signingAlgorithm: ALGORITHM,
    publicKey: keys.publicKey,
    signingKey: issuerKeys.privateKey,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension(names),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
      await AuthorityKeyIdentifierExtension.create(issuer),
    ],
  });
  return toPem(certificate, keys.privateKey);
}

type Keys = { publicKey: webcrypto.CryptoKey; privateKey: webcrypto.CryptoKey };

function generateKeys(): Promise<Keys> {
  return webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
}

async function importKeys(pem: string): Promise<Keys> {
  const der = PemConverter.decodeFirst(pem);
  const privateKey = await webcrypto.subtle.importKey('pkcs8', der, ALGORITHM, true, ['sign']);
  const { kty, crv, x, y } = await webcrypto.subtle.exportKey('jwk', privateKey);
  const jwk = { kty, crv, x, y } as webcrypto.JsonWebKey;
  return { privateKey, publicKey: await webcrypto.subtle.importKey('jwk', jwk, ALGORITHM, true, ['verify']) };
}

/** Returns a random serial number by RFC 5280, 4.1.2.2: positive, at most 20 octets. */
function randomSerial(): string {
  const bytes = webcrypto.getRandomValues(new Uint8Array(16));
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return Buffer.from(bytes).toString('hex');
}

async function toPem(certificate: X509Certificate, privateKey: webcrypto.CryptoKey): Promise<KeyPairPem> {
  const der = await webcrypto.subtle.exportKey('pkcs8', privateKey);
  return {
    certificate: `${certificate.toString('pem')}\n`,
    privateKey: `${PemConverter.encode(der, 'PRIVATE KEY')}\n`,
  };
}
