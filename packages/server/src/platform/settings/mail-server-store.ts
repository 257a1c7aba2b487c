import { X509Certificate } from 'node:crypto';
import { type MailServer, SECRET_MARK, shownMailServer } from '@stratora/contract';
import { fieldError } from '../http/index.ts';

/** What seals a text so that only the servers of this installation can open it. */
export interface Sealer {
  seal(text: string, binding: string): { body: Buffer; keyVersion: number };
  /** @throws when it was changed, belongs elsewhere, or its key is not here */
  open(body: Buffer, keyVersion: number, binding: string): Buffer;
}

/** A mail server as it is stored: its password sealed. */
export interface StoredMailServer extends Omit<MailServer, 'password'> {
  password: { body: string; key_version: number } | null;
}

/** What the password of the mail server is bound to. */
export const MAIL_SERVER_BINDING = 'setting|smtp';

/**
 * Makes of what a person wrote what is stored: a mark in the place of the password keeps the one that is set.
 *
 * @throws AppError validation_failed where there is none to keep, or it would go to another host or user
 */
export function sealMailServer(
  given: MailServer,
  before: StoredMailServer | null,
  sealer: Sealer,
): StoredMailServer {
  checkCertificates(given.ca_pem);
  if (given.password !== SECRET_MARK) {
    return { ...given, password: given.password === null ? null : sealed(given.password, sealer) };
  }
  if (before === null || before.password === null) throw fieldError('smtp.password', 'is not set yet');
  if (before.host !== given.host || before.username !== given.username) {
    throw fieldError('smtp.password', 'must be given anew for another host or user');
  }
  return { ...given, password: before.password };
}

/** Returns a stored mail server as it is shown. */
export function showMailServer(stored: StoredMailServer): MailServer {
  return shownMailServer({ ...stored, password: stored.password === null ? null : SECRET_MARK });
}

/** Opens a stored mail server. @throws when the password cannot be opened here */
export function openMailServer(stored: StoredMailServer, sealer: Sealer): MailServer {
  const { password } = stored;
  if (password === null) return { ...stored, password };
  const body = Buffer.from(password.body, 'base64');
  return {
    ...stored,
    password: sealer.open(body, password.key_version, MAIL_SERVER_BINDING).toString('utf8'),
  };
}

function sealed(password: string, sealer: Sealer): StoredMailServer['password'] {
  const { body, keyVersion } = sealer.seal(password, MAIL_SERVER_BINDING);
  return { body: body.toString('base64'), key_version: keyVersion };
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

function checkCertificates(pem: string | null): void {
  if (pem === null) return;
  const certificates = pem.match(CERTIFICATE) ?? [];
  if (certificates.length === 0) throw fieldError('smtp.ca_pem', 'holds no certificate in PEM');
  for (const certificate of certificates) {
    try {
      // Reading one is the check.
      void new X509Certificate(certificate).subject;
    } catch {
      throw fieldError('smtp.ca_pem', 'holds a certificate that cannot be read');
    }
  }
}
