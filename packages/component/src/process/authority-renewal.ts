import { readFile } from 'node:fs/promises';
import { type HttpClient, type Logger, writeFileAtomic } from '@stratora/runtime';
import { AUTHORITY_PATH, certificatesOf, isSuccessor } from './server-authority.ts';

export interface AuthorityRenewalOptions {
  /** Client of the server, verified with the authority as it is. */
  client: HttpClient;
  /** File of the kept authority. */
  file: string;
  logger: Logger;
}

/**
 * Keeps the server's authority from ending unnoticed: a new certificate of the same key, which the server offers a year
 * before the old one ends, is kept beside it and trusted from the next start on. One of another key never is.
 *
 * @returns whether there was a new one
 */
export async function renewAuthority({ client, file, logger }: AuthorityRenewalOptions): Promise<boolean> {
  const kept = await readFile(file, 'utf8').catch(() => undefined);
  const answer =
    kept === undefined ? undefined : await client.request({ method: 'GET', path: AUTHORITY_PATH });
  if (kept === undefined || answer?.status !== 200) return false;
  const known = certificatesOf(kept);
  const [anchor] = known;
  const hashes = new Set(known.map(({ fingerprint256 }) => fingerprint256));
  const fresh = certificatesOf(answer.text()).filter(
    (offered) => anchor && !hashes.has(offered.fingerprint256) && isSuccessor(offered, anchor),
  );
  if (fresh.length === 0) return false;
  await writeFileAtomic(file, [...known, ...fresh].map((certificate) => certificate.toString()).join(''));
  logger.info({ until: fresh.map(({ validTo }) => validTo) }, 'the authority of the server was renewed');
  return true;
}
