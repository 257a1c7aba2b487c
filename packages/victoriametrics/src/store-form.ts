import { createHttpClient } from '@stratora/runtime';
import { parseStoreUrl } from './store-endpoint.ts';
import type { StoreRefusal } from './store-result.ts';

/** The two directions in which a store is used, each with a URL of its own. */
export type StoreUse = 'write' | 'read';

/** Names the variable that holds the URL of a direction. */
export const STORE_URL_VARIABLES: Readonly<Record<StoreUse, string>> = {
  write: 'STRATORA_METRICS_WRITE_URL',
  read: 'STRATORA_METRICS_READ_URL',
};

/** Right forms of the URLs, for people. Everything behind them (`/write`, `/api/v1/query`) is added by us. */
const FORMS: Readonly<Record<StoreUse, string>> = {
  write: 'http://HOST:8428 for a single node, http://HOST:8480/insert/0/influx for vminsert (account 0)',
  read: 'http://HOST:8428 for a single node, http://HOST:8481/select/0/prometheus for vmselect (account 0)',
};

const PROBE_TIMEOUT_MS = 3000;
/** A path of a cluster: what is before it (a proxy's prefix), and the account. */
const CLUSTER_PATH = /^(.*?)\/(?:insert|select)\/([^/]+)/;
/** What people copy along from a manual, and we add ourselves. */
const OWN_ENDINGS = /\/(?:write|api\/v\d(?:\/.*)?)$/;

/**
 * Says in one line what is wrong with a URL of the store, by what the store answered, and what the right form is. Names
 * no host and no password.
 * @param working the path that was found to work, see {@link findWorkingPath}
 */
export function adviseOnStoreUrl(use: StoreUse, refusal: StoreRefusal, working?: string): string {
  const variable = STORE_URL_VARIABLES[use];
  const call = use === 'write' ? 'a write' : 'a query';
  const { status = 0 } = refusal;
  if (status === 401 || status === 403 || status === 407) {
    return `The metric store refuses our login (${status} to ${call}): put user and password into ${variable}, as http://USER:PASSWORD@HOST...`;
  }
  if (status === 413) {
    return `Something in front of the metric store refuses bodies of this size (413): let it take 64 MiB (nginx: client_max_body_size 64m).`;
  }
  if (status >= 300 && status < 400) {
    return `The metric store answers ${call} with a redirect (${status}): ${variable} must be the URL that it leads to.`;
  }
  if (refusal.isOfMetrics === true) {
    return `What ${variable} leads to does not tell its metrics (${status} to /metrics): let that path through, it says when the metric store was restarted.`;
  }
  const form =
    working === undefined
      ? `the form is ${FORMS[use]}`
      : `its path must be ${working === '' ? 'empty' : working}`;
  return `${variable} does not lead to a metric store (${status} to ${call}): ${form}.`;
}

/**
 * Tries the forms of URL that a store of this kind may have at the same host, and returns the path of the one that
 * works. Stores nothing: it sends no line, and asks for a constant.
 */
export async function findWorkingPath(use: StoreUse, url: string): Promise<string | undefined> {
  const { origin, baseUrl, headers } = parseStoreUrl(url);
  const paths = pathsToTry(use, baseUrl.slice(origin.length));
  const client = createHttpClient({ baseUrl: origin, headers, timeoutMs: PROBE_TIMEOUT_MS });
  try {
    for (const path of paths) {
      const answer =
        use === 'write'
          ? await client.request({ method: 'POST', path: `${path}/write`, body: '' })
          : await client.request({ method: 'GET', path: `${path}/api/v1/query?query=1` });
      if (answer.status === (use === 'write' ? 204 : 200)) return path;
    }
  } catch {
    // It went away meanwhile: then the general forms must do.
  } finally {
    client.close();
  }
  return undefined;
}

function pathsToTry(use: StoreUse, given: string): string[] {
  const shortened = given.replace(OWN_ENDINGS, '');
  const [, prefix = shortened, named = '0'] = CLUSTER_PATH.exec(given) ?? [];
  const account = /^\d+(?::\d+)?$/.test(named) ? named : '0';
  const tail = use === 'write' ? `/insert/${account}/influx` : `/select/${account}/prometheus`;
  return [...new Set([shortened, '', `${prefix}${tail}`, tail])];
}
