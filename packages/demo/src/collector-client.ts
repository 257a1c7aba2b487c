import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { REJECTED_LINES_HEADER } from '@stratora/contract';
import { type HttpClient, sleep } from '@stratora/runtime';
import { z } from 'zod';

const identitySchema = z.object({ component_id: z.string(), api_key: z.string() });

const RETRY_MS = 500;
const ATTEMPTS = 20;
const compress = promisify(gzip);

/**
 * A client of the component protocol in the name of this host's own collector, which shares the data directory: its
 * config is what gathers the history, and its key is the one whose samples of these nodes the server takes.
 */
export class CollectorClient {
  readonly #http: HttpClient;
  readonly #id: string;
  readonly #key: string;

  private constructor(http: HttpClient, identity: z.infer<typeof identitySchema>) {
    this.#http = http;
    this.#id = identity.component_id;
    this.#key = identity.api_key;
  }

  /** @throws when the collector has not enrolled within ten seconds */
  static async open(dataDir: string, http: HttpClient, signal: AbortSignal): Promise<CollectorClient> {
    const path = join(dataDir, 'collector', 'identity.json');
    for (let attempt = 1; ; attempt += 1) {
      try {
        // The first line is a checksum of the second.
        const [, body = ''] = (await readFile(path, 'utf8')).split('\n');
        return new CollectorClient(http, identitySchema.parse(JSON.parse(body)));
      } catch (error) {
        if (attempt === ATTEMPTS) throw new Error('the local collector has not enrolled', { cause: error });
        await pause(signal);
      }
    }
  }

  /** Waits until the collector's telegraf.conf holds all of these nodes; returns it. */
  async waitForConfig(nodeIds: Iterable<string>, signal: AbortSignal): Promise<string> {
    const wanted = [...nodeIds];
    for (let attempt = 1; ; attempt += 1) {
      const answer = await this.#http.request({
        method: 'GET',
        path: `/api/v1/remote-collectors/${this.#id}/config`,
        headers: { 'x-api-key': this.#key },
        signal,
      });
      const text = answer.text();
      if (answer.status === 200 && wanted.every((id) => text.includes(id))) return text;
      if (attempt === 4 * ATTEMPTS) throw new Error('the new nodes did not come into the collector’s config');
      await pause(signal);
    }
  }

  /** Hands lines to the ingest. @throws when the server does not take every one of them */
  async send(lines: Buffer, signal: AbortSignal): Promise<void> {
    const body = await compress(lines, { level: 1 });
    for (let attempt = 1; ; attempt += 1) {
      const answer = await this.#http.request({
        method: 'POST',
        path: '/api/v1/ingest/influx',
        headers: { 'x-api-key': this.#key, 'content-encoding': 'gzip', 'content-type': 'text/plain' },
        body,
        signal,
      });
      const rejected = Number(answer.headers[REJECTED_LINES_HEADER.toLowerCase()] ?? 0);
      if (answer.status === 204 && rejected === 0) return;
      const isBusy = answer.status === 429 || answer.status >= 500;
      if (!isBusy || attempt === ATTEMPTS) {
        throw new Error(
          `the history was answered with ${answer.status}, ${rejected} lines refused: ${answer.text()}`,
        );
      }
      await pause(signal);
    }
  }
}

async function pause(signal: AbortSignal): Promise<void> {
  await sleep(RETRY_MS, undefined, signal);
  signal.throwIfAborted();
}
