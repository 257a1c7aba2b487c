import { createHttpClient } from '@stratora/runtime';
import { encodeRemoteWrite, type SeriesSample } from './remote-write.ts';
import { parseStoreUrl } from './store-endpoint.ts';
import { refusalOfError, refusalOfWrite, type StoreRefusal } from './store-result.ts';

export interface SeriesClientOptions {
  /** The URL of the write client: the single node's root, or `.../insert/<tenant>/influx` of a vminsert. */
  url: string;
  /** Milliseconds from the first byte sent to the answer; 10 s by default. */
  timeoutMs?: number;
}

/** A client that writes series as Prometheus does, where line protocol cannot say what is meant: their names, their ends. */
export interface SeriesClient {
  /** Writes samples, at most a few ten thousand at once. Never throws. */
  write(samples: readonly SeriesSample[]): Promise<{ ok: true } | StoreRefusal>;
  close(): void;
}

export function createSeriesClient({ url, timeoutMs = 10_000 }: SeriesClientOptions): SeriesClient {
  const { baseUrl, headers } = parseStoreUrl(url);
  const client = createHttpClient({
    // vminsert has a path for each protocol.
    baseUrl: baseUrl.replace(/\/influx$/, '/prometheus'),
    headers: {
      ...headers,
      'content-type': 'application/x-protobuf',
      'content-encoding': 'snappy',
      'x-prometheus-remote-write-version': '0.1.0',
    },
    timeoutMs,
    maxSockets: 1,
  });
  return {
    async write(samples) {
      if (samples.length === 0) return { ok: true };
      try {
        const body = encodeRemoteWrite(samples);
        const answer = await client.request({ method: 'POST', path: '/api/v1/write', body });
        const isTaken = answer.status === 204 || answer.status === 200;
        return isTaken ? { ok: true } : refusalOfWrite(answer.status, answer.text());
      } catch (error) {
        return refusalOfError(error);
      }
    },
    close: () => client.close(),
  };
}
