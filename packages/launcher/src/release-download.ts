import { createHash } from 'node:crypto';
import { createHttpClient, errorMessage, OutboundError } from '@stratora/runtime';

export interface Download {
  url: string;
  /** SHA-256 of the file in lower-case hex. */
  sha256: string;
  maxBytes: number;
  timeoutMs: number;
  onProgress?: (receivedBytes: number, totalBytes: number | undefined) => void;
}

export type DownloadFault = 'network' | 'answer' | 'checksum';

/** The file could not be fetched; `fault` says whether the network, the other side or the content is to blame. */
export class DownloadError extends Error {
  readonly fault: DownloadFault;

  constructor(fault: DownloadFault, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'DownloadError';
    this.fault = fault;
  }
}

const MAX_REDIRECTS = 5;

/**
 * Fetches a file and checks it against a hash that this program carries, so it does not matter who serves it.
 * Redirects are followed (release pages hand over to a file store), but never from https to http.
 * @throws DownloadError
 */
export async function downloadFile(download: Download): Promise<Buffer> {
  const body = await fetchFollowing(download);
  const actual = createHash('sha256').update(body).digest('hex');
  if (actual !== download.sha256) {
    throw new DownloadError(
      'checksum',
      `${download.url} is not the file that is expected: its SHA-256 is ${actual} instead of ${download.sha256}. ` +
        'It was not used.',
    );
  }
  return body;
}

async function fetchFollowing(download: Download): Promise<Buffer> {
  let url = new URL(download.url);
  for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
    const answer = await get(url, download);
    if (answer.status === 200) return answer.body;
    const location = answer.headers['location'];
    if (answer.status < 301 || answer.status > 308 || location === undefined) {
      throw new DownloadError('answer', `${url.origin} answered with status ${answer.status}.`);
    }
    const next = new URL(location, url);
    if (url.protocol === 'https:' && next.protocol !== 'https:') {
      throw new DownloadError('answer', `${url.origin} redirects to an address without TLS.`);
    }
    url = next;
  }
  throw new DownloadError('answer', `${new URL(download.url).origin} redirects in a circle.`);
}

async function get(url: URL, download: Download) {
  const { maxBytes, timeoutMs, onProgress } = download;
  const client = createHttpClient({ baseUrl: url.origin, timeoutMs, maxResponseBytes: maxBytes });
  try {
    const path = url.pathname + url.search;
    return await client.request({ method: 'GET', path, ...(onProgress ? { onProgress } : {}) });
  } catch (error) {
    const reason = error instanceof OutboundError ? ` (${error.reason})` : '';
    throw new DownloadError(
      'network',
      `${url.origin} cannot be reached${reason}: ${errorMessage(error)}`,
      error,
    );
  } finally {
    client.close();
  }
}
