import type { Precision } from '@stratora/lineprotocol';
import {
  type Clock,
  createHttpClient,
  type HttpAnswer,
  type HttpClient,
  OutboundError,
  systemClock,
} from '@stratora/runtime';
import { parseStoreUrl } from './store-endpoint.ts';
import { StoreEpoch } from './store-epoch.ts';
import { refusalOfError, refusalOfWrite, type StoreRefusal } from './store-result.ts';

export interface WriteClientOptions {
  /** URL above `/write`: the single node's root, or `.../insert/<tenant>/influx` of a vminsert. */
  url: string;
  /** Milliseconds from the first byte sent to the answer; 30 s by default. */
  timeoutMs?: number;
  /** Number of connections kept open; 8 by default. */
  maxSockets?: number;
  clock?: Clock;
  /** Called with the result of every write. */
  onResult?: (result: WriteResult) => void;
}

/**
 * The result of a write: when `ok`, the store has the lines. The epoch is that of the process that took them, or of an
 * earlier one.
 */
export type WriteResult = { ok: true; epoch: string } | StoreRefusal;

export interface WriteClient {
  /**
   * Sends good lines of line protocol. Repeating a write is harmless, since the store keeps one sample per series and
   * millisecond. Never throws.
   */
  write(body: Uint8Array, precision?: Precision): Promise<WriteResult>;
  /** Returns the epoch alone, for an answer to a body that held nothing to store. */
  epoch(): Promise<WriteResult>;
  /** The number of labels beside the name that the store keeps, as its flags say; what all versions keep until known. */
  readonly labelLimit: number;
  close(): void;
}

/** Default of VictoriaMetrics up to 1.112; it is 40 since. */
const LABELS_OF_ALL_VERSIONS = 30;
const PATHS: Readonly<Record<Precision, string>> = {
  ns: '/write',
  us: '/write?precision=us',
  ms: '/write?precision=ms',
  s: '/write?precision=s',
};

export function createWriteClient(options: WriteClientOptions): WriteClient {
  const endpoint = parseStoreUrl(options.url);
  const timeoutMs = options.timeoutMs ?? 30_000;
  const client = createHttpClient({
    baseUrl: endpoint.baseUrl,
    headers: { ...endpoint.headers, 'content-type': 'text/plain' },
    timeoutMs,
    maxSockets: options.maxSockets ?? 8,
  });
  const epochs = new StoreEpoch(endpoint, { clock: options.clock ?? systemClock, timeoutMs });
  const write = async (body: Uint8Array, precision: Precision): Promise<WriteResult> => {
    try {
      const epoch = await epochs.current();
      const answer = await send(client, PATHS[precision], body);
      // Nothing but 204 says that the lines are kept: a page of something in between comes with 200.
      return answer.status === 204 ? { ok: true, epoch } : refusalOfWrite(answer.status, answer.text());
    } catch (error) {
      return refusalOfError(error);
    }
  };
  return {
    async write(body, precision = 'ns') {
      const result = await write(body, precision);
      options.onResult?.(result);
      return result;
    },
    get labelLimit() {
      return epochs.labelLimit ?? LABELS_OF_ALL_VERSIONS;
    },
    async epoch() {
      try {
        return { ok: true, epoch: await epochs.current() };
      } catch (error) {
        return refusalOfError(error);
      }
    },
    close() {
      client.close();
      epochs.close();
    },
  };
}

type Answer = Pick<HttpAnswer, 'status' | 'text'>;

/**
 * Sends a call. A kept connection may have been closed by the store just as it was taken: then once more, on a new one.
 */
async function send(client: HttpClient, path: string, body: Uint8Array): Promise<Answer> {
  try {
    return await exchange(client, path, body);
  } catch (error) {
    if (error instanceof OutboundError && error.reason === 'reset') return exchange(client, path, body);
    throw error;
  }
}

async function exchange(client: HttpClient, path: string, body: Uint8Array): Promise<Answer> {
  let status = 0;
  try {
    return await client.request({ method: 'POST', path, body, onHeaders: (given) => (status = given) });
  } catch (error) {
    const isTooLarge = error instanceof OutboundError && error.reason === 'too_large';
    if (!isTooLarge || status !== 400) throw error;
    // VictoriaMetrics quotes everything from the line that it refuses to the end of the body.
    return { status, text: () => 'incorrect influx line in a long body' };
  }
}
