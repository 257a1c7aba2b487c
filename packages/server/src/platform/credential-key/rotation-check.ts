import type { KeyHolder } from './credential-key-queries.ts';

export interface RotationFacts {
  /** The version that seals now. */
  sealing: number;
  /** The newest key of the server that is asked, with its fingerprint. */
  newest: { version: number; fingerprint: string };
  /** The servers that live. */
  holders: readonly Pick<KeyHolder, 'hostname' | 'keys'>[];
}

/** Says why the newest key cannot begin to seal; undefined where it can: every server must be able to open what it seals. */
export function rotationFault({ sealing, newest, holders }: RotationFacts): string | undefined {
  const { version, fingerprint } = newest;
  if (version <= sealing) {
    return `There is no newer credential key than key ${sealing}, which seals now. Give every server a key ${sealing + 1} first.`;
  }
  const without = holders.filter(({ keys }) => keys[String(version)] === undefined);
  if (without.length > 0) {
    return `${namesOf(without)} ${without.length === 1 ? 'has' : 'have'} no credential key ${version}: what others seal with it could not be opened there. Give it to every server first.`;
  }
  const other = holders.filter(({ keys }) => keys[String(version)] !== fingerprint);
  if (other.length === 0) return undefined;
  return `${namesOf(other)} ${other.length === 1 ? 'has' : 'have'} another credential key ${version} than this server. Give every server the same.`;
}

function namesOf(holders: readonly Pick<KeyHolder, 'hostname'>[]): string {
  return holders.map(({ hostname }) => hostname).join(', ');
}
