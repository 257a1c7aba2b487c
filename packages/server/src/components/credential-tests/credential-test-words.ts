import {
  COMPONENT_LOST_SECONDS,
  type CredentialTestOutcome,
  type CredentialType,
  type LoginResult,
} from '@stratora/contract';

/** The result of a test as it is kept. */
export interface TestVerdict extends Omit<LoginResult, 'outcome'> {
  outcome: CredentialTestOutcome;
}

/** What decides, before anybody asks the device, whether a credential can be tested against a node. */
export interface TestFacts {
  type: CredentialType;
  isEnabled: boolean;
  credentialName: string;
  nodeName: string;
  url: string | null;
  /** Whether the node's own agent reports it. */
  isReported: boolean;
  /** The collector that polls the node. */
  collector:
    | { name: string; approval: string; lastSeenAt: Date | null; silentSeconds: number | null }
    | undefined;
}

const WORDS_OF_TYPE: Partial<Record<CredentialType, string>> = { wmi: 'WMI', ssh: 'SSH' };

/** Returns a verdict of words alone. */
export function verdict(outcome: CredentialTestOutcome, message: string): TestVerdict {
  return { outcome, message, detail: null, device: null, took_ms: 0 };
}

/** Says why no collector needs to be asked; undefined where one does. */
export function verdictAtOnce(facts: TestFacts): TestVerdict | undefined {
  const { type, collector, nodeName } = facts;
  const protocol = WORDS_OF_TYPE[type];
  if (protocol !== undefined) {
    const words = `Collectors do not speak ${protocol}: the credential is kept, and nothing logs in with it.`;
    return verdict('unsupported', words);
  }
  if (facts.isReported)
    return verdict('no_collector', `${nodeName} is reported by its own agent: no collector logs in to it.`);
  if (!collector)
    return verdict('no_collector', `No collector polls ${nodeName}. Choose one, then test again.`);
  if (type === 'http' && facts.url === null)
    return verdict(
      'unsupported',
      `${nodeName} has no web address to log in at. Give it one, then test again.`,
    );
  return offline(collector);
}

function offline({ name, approval, lastSeenAt, silentSeconds }: NonNullable<TestFacts['collector']>) {
  if (approval === 'pending')
    return verdict('collector_offline', `The collector ${name} waits for approval, so it is given no work.`);
  if (approval !== 'approved')
    return verdict('collector_offline', `The collector ${name} was revoked, so it is given no work.`);
  if (lastSeenAt === null || silentSeconds === null)
    return verdict('collector_offline', `The collector ${name} was never heard from.`);
  if (silentSeconds <= COMPONENT_LOST_SECONDS) return undefined;
  return verdict(
    'collector_offline',
    `The collector ${name} is not connected: it was heard last at ${utc(lastSeenAt)}.`,
  );
}

function utc(time: Date): string {
  return `${time.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** Says what a test that has not ended waits for, or why it never will. */
export function standingWords(
  standing: 'waiting' | 'running' | 'expired' | 'lost',
  collector: string,
  waitSeconds: number,
): string {
  switch (standing) {
    case 'waiting':
      return `Waiting for the collector ${collector} to fetch the test: it asks every ten seconds.`;
    case 'running':
      return `The collector ${collector} is logging in.`;
    case 'expired':
      return `The collector ${collector} did not fetch the test within ${waitSeconds} s. It may have lost its connection, or its version is too old for tests.`;
    case 'lost':
      return `The collector ${collector} fetched the test and never said what came of it.`;
  }
}
