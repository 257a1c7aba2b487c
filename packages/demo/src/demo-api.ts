import { createHttpClient, type HttpClient } from '@stratora/runtime';

/** A client of the product's HTTP API, like an administrator's script. */
export class DemoApi {
  readonly http: HttpClient;
  #bearer: string | undefined;

  constructor(baseUrl: string, ca: string) {
    this.http = createHttpClient({ baseUrl, ca, timeoutMs: 30_000, maxResponseBytes: 32 * 1024 * 1024 });
  }

  async login(username: string, password: string): Promise<void> {
    const answer = await this.call<{ access_token: string }>('POST', '/auth/token', { username, password });
    this.#bearer = answer.access_token;
  }

  /** @throws when the answer is not 2xx, with the server's message */
  async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await this.http.request({
      method,
      path: `/api/v1${path}`,
      headers: {
        accept: 'application/json',
        ...(this.#bearer === undefined ? {} : { authorization: `Bearer ${this.#bearer}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (answer.status < 200 || answer.status > 299) {
      throw new Error(`${method} ${path} was answered with ${answer.status}: ${answer.text().slice(0, 500)}`);
    }
    return (answer.body.length === 0 ? undefined : answer.json()) as T;
  }

  /** Reads a list that fits one page, as a demo's lists do. */
  async list<T>(path: string): Promise<readonly T[]> {
    const { items } = await this.call<{ items: readonly T[] }>('GET', `${path}?limit=500`);
    return items;
  }

  close(): void {
    this.http.close();
  }
}
