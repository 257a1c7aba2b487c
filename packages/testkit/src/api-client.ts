import { createHttpClient, type HttpAnswer, type HttpClient } from '@stratora/runtime';

export interface ApiCall {
  body?: unknown;
  headers?: Record<string, string>;
}

/** A user of the public API with a bearer token, or nobody until `login` was called. */
export class ApiClient {
  readonly http: HttpClient;
  #bearer: string | undefined;

  constructor(baseUrl: string, ca: string) {
    this.http = createHttpClient({ baseUrl, ca, timeoutMs: 30_000, maxResponseBytes: 64 * 1024 * 1024 });
  }

  async login(username: string, password: string): Promise<void> {
    this.#bearer = undefined;
    const answer = await this.post<{ access_token: string }>('/api/v1/auth/token', { username, password });
    this.#bearer = answer.access_token;
  }

  async call(method: string, path: string, call: ApiCall = {}): Promise<HttpAnswer> {
    return this.http.request({
      method,
      path,
      headers: {
        accept: 'application/json',
        ...(this.#bearer ? { authorization: `Bearer ${this.#bearer}` } : {}),
        ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...call.headers,
      },
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
    });
  }

  /** @throws when the answer is not 2xx */
  async expect<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await this.call(method, path, body === undefined ? {} : { body });
    if (answer.status < 200 || answer.status > 299) {
      throw new Error(`${method} ${path} answered ${answer.status}: ${answer.text().slice(0, 2000)}`);
    }
    return (answer.body.length === 0 ? undefined : answer.json()) as T;
  }

  get<T>(path: string): Promise<T> {
    return this.expect<T>('GET', path);
  }

  post<T>(path: string, body: unknown): Promise<T> {
    return this.expect<T>('POST', path, body);
  }

  put<T>(path: string, body: unknown): Promise<T> {
    return this.expect<T>('PUT', path, body);
  }

  delete<T>(path: string): Promise<T> {
    return this.expect<T>('DELETE', path);
  }

  /** Runs an instant query; returns labels with the newest value. */
  async query(promql: string): Promise<{ metric: Record<string, string>; time: number; value: number }[]> {
    const answer = await this.get<{
      data: { result: { metric: Record<string, string>; value: [number, string] }[] };
    }>(`/api/v1/metrics/query?query=${encodeURIComponent(promql)}`);
    return answer.data.result.map(({ metric, value: [time, value] }) => ({
      metric,
      time,
      value: Number(value),
    }));
  }

  close(): void {
    this.http.close();
  }
}
