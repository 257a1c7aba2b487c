import { errorMessage } from '@stratora/runtime';
import { newClient } from './database.ts';

/** Milliseconds that a database gets to answer when a start looks at it. */
const ANSWER_TIMEOUT_MS = 6000;
/** The oldest PostgreSQL that is supported, as `server_version_num` says it. */
const OLDEST_VERSION = 150_000;

interface Facts {
  version: string;
  number: number;
  encoding: string;
  has_icu: boolean;
  may_create: boolean;
}

/**
 * Looks at a database before a start: it answers, is new enough, holds UTF-8, knows ICU, and lets us make tables.
 *
 * @returns what is wrong with it in one plain sentence, without its password; undefined when it can be used
 */
export async function databaseRefusal(
  url: string,
  timeoutMs = ANSWER_TIMEOUT_MS,
): Promise<string | undefined> {
  const at = describePlace(url);
  let facts: Facts | undefined;
  try {
    facts = await askFacts(url, timeoutMs);
  } catch (error) {
    return `${at} ${refusalOf(error, url, timeoutMs)}`;
  }
  if (facts === undefined) return `${at} does not answer as PostgreSQL does.`;
  if (facts.number < OLDEST_VERSION) return `${at} is PostgreSQL ${facts.version}; 15 or newer is needed.`;
  if (facts.encoding !== 'UTF8') {
    return `the database at ${at.replace(/^PostgreSQL at /, '')} holds ${facts.encoding}; make one with ENCODING 'UTF8'.`;
  }
  if (!facts.has_icu) {
    return `${at} was built without ICU, by which names are compared and sorted; use one that has it (--with-icu, as the packages of all distributions have).`;
  }
  return facts.may_create
    ? undefined
    : `${at}: the user may make no tables there; make it the owner of the database.`;
}

async function askFacts(url: string, timeoutMs: number): Promise<Facts | undefined> {
  const limits = {
    connectionTimeoutMillis: timeoutMs,
    query_timeout: timeoutMs,
    statement_timeout: timeoutMs,
  };
  const client = newClient(url, limits);
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<Facts>(
      `SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS number,
         current_setting('server_encoding') AS encoding,
         EXISTS (SELECT 1 FROM pg_collation WHERE collprovider = 'i') AS has_icu,
         (has_schema_privilege(current_schema(), 'CREATE')) IS TRUE AS may_create`,
    );
    return rows[0];
  } finally {
    // A server that has stopped to answer would hold an orderly end as well.
    const { stream } = (client as unknown as { connection: { stream: { destroy(): void } } }).connection;
    void client.end().catch(() => {});
    setTimeout(() => stream.destroy(), 500).unref();
  }
}

/** Names the server of a database by its address alone. */
function describePlace(url: string): string {
  const parsed = URL.parse(url.replace('@/', '@localhost/'));
  const socket = parsed?.searchParams.get('host');
  const host = socket ?? (parsed?.hostname || 'localhost');
  return `PostgreSQL at ${host}${socket?.startsWith('/') ? '' : `:${parsed?.port || '5432'}`}`;
}

function refusalOf(error: unknown, url: string, timeoutMs: number): string {
  const { code = '', message = '' } = (error ?? {}) as { code?: string; message?: string };
  const inner = error instanceof AggregateError ? (error.errors[0] as { code?: string }).code : undefined;
  const database = decodeURIComponent(URL.parse(url)?.pathname.slice(1) ?? '');
  switch (inner ?? code) {
    case 'ECONNREFUSED':
      return 'does not answer: nothing listens there.';
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'does not answer: the name of its host is not known.';
    case 'ENOENT':
      return 'does not answer: there is no such socket.';
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return 'does not answer: there is no way to that host.';
    case '28P01':
    case '28000':
      return 'refuses the user or the password.';
    case '3D000':
      return `has no database ${JSON.stringify(database)}.`;
    case '42501':
      return 'does not let the user in.';
    case '53300':
      return 'has no connection left for us.';
    case '57P03':
      return 'is starting or stopping; try again in a moment.';
    default:
      return /timeout|terminated/i.test(message)
        ? `did not answer within ${Math.round(timeoutMs / 1000)} s.`
        : `cannot be used: ${errorMessage(error)}.`;
  }
}
