import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import {
  BasicConstraintsExtension,
  cryptoProvider,
  type JsonGeneralName,
  PemConverter,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';

cryptoProvider.set(webcrypto as never);

const DAY_MS = 86_400_000;
const ALGORITHMS = {
  'P-256': { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
  'P-384': { name: 'ECDSA', namedCurve: 'P-384', hash: 'SHA-384' },
  rsa: {
    name: 'RSASSA-PKCS1-v1_5',
    hash: 'SHA-256',
    modulusLength: 2048,
    publicExponent: new Uint8Array([1, 0, 1]),
  },
  'rsa-pss': {
    name: 'RSA-PSS',
    hash: 'SHA-512',
    modulusLength: 3072,
    publicExponent: new Uint8Array([1, 0, 1]),
    saltLength: 64,
  },
  ed25519: { name: 'Ed25519' },
} as const;

export interface Issued {
  readonly pem: string;
  readonly keyPem: string;
  readonly subject: string;
  readonly keys: CryptoKeyPair;
  readonly algorithm: keyof typeof ALGORITHMS;
}

type CryptoKeyPair = Awaited<ReturnType<typeof generate>>;

export interface CertificateWish {
  readonly subject: string;
  readonly serial?: string;
  /** The certificate that signs it; by default it signs itself. */
  readonly issuer?: Issued;
  readonly isAuthority?: boolean;
  /** Start of its validity in days from now. */
  readonly from?: number;
  readonly until?: number;
  readonly names?: readonly JsonGeneralName[];
  readonly algorithm?: keyof typeof ALGORITHMS;
}

/**
 * Issues a certificate. Its times are whole hours far from now, so that its age is the same for engines a moment apart.
 */
export async function issue(wish: CertificateWish): Promise<Issued> {
  const algorithm = wish.algorithm ?? 'P-256';
  const keys = await generate(algorithm);
  const signer = wish.issuer ?? { keys, algorithm };
  const names = wish.names ?? [{ type: 'dns' as const, value: 'web.test' }];
  const certificate = await X509CertificateGenerator.create({
    serialNumber: wish.serial ?? '0a1b2c',
    subject: wish.subject,
    issuer: wish.issuer?.subject ?? wish.subject,
    notBefore: new Date(Date.now() + (wish.from ?? -10) * DAY_MS),
    notAfter: new Date(Date.now() + (wish.until ?? 30) * DAY_MS),
    signingAlgorithm: ALGORITHMS[signer.algorithm],
    publicKey: keys.publicKey as never,
    signingKey: signer.keys.privateKey as never,
    extensions: [
      new BasicConstraintsExtension(wish.isAuthority === true, undefined, true),
      ...(names.length > 0 ? [new SubjectAlternativeNameExtension([...names])] : []),
    ],
  });
  const pkcs8 = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  return {
    pem: certificate.toString('pem'),
    keyPem: PemConverter.encode(pkcs8, 'PRIVATE KEY'),
    subject: wish.subject,
    keys,
    algorithm,
  };
}

async function generate(algorithm: keyof typeof ALGORITHMS) {
  const keys = await webcrypto.subtle.generateKey(ALGORITHMS[algorithm], true, ['sign', 'verify']);
  return keys as { publicKey: webcrypto.CryptoKey; privateKey: webcrypto.CryptoKey };
}
