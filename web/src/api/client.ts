import type { Problem } from '@stratora/contract';

/** The longest that a request may take before it counts as unanswered. */
const REQUEST_TIMEOUT_MS = 30_000;

/** An answer that is not a success, or no answer at all (`status` 0). */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly requestId: string | undefined;
  /** Faults of single fields, by their path in the body (`secret.community`). */
  readonly fields: readonly { readonly path: string; readonly message: string }[];

  constructor(status: number, problem: Partial<Problem>, requestId?: string) {
    super(problem.detail ?? problem.title ?? 'The request failed.');
    this.name = 'ApiError';
    this.status = status;
    this.code = problem.code ?? 'unknown';
    this.fields = problem.errors ?? [];
    this.requestId = requestId;
  }
}

type QueryValue = string | number | boolean | undefined | null;

export interface RequestOptions {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly query?: Readonly<Record<string, QueryValue>> | undefined;
  readonly body?: unknown;
  /** The tag that the resource must still have; refused with `changed_meanwhile` else. */
  readonly ifMatch?: string | undefined;
  /** Sent as a form (`application/x-www-form-urlencoded`), as Prometheus' API takes it. */
  readonly form?: Readonly<Record<string, string>> | undefined;
  readonly signal?: AbortSignal | undefined;
  /** The longest that it may take before it counts as unanswered; 30 s by default. */
  readonly timeoutMs?: number | undefined;
}

/** The app's answer to a session that is over or a password that must be changed; set once. */
type SessionListener = (reason: 'not_authenticated' | 'password_change_required') => void;
let sessionListener: SessionListener | undefined;
export function onSessionEnd(listener: SessionListener): void {
  sessionListener = listener;
}

/** The app's clock, which learns the server's time from the Date of each answer; set once. */
let timeListener: ((answeredAtMs: number) => void) | undefined;
export function onServerTime(listener: (answeredAtMs: number) => void): void {
  timeListener = listener;
}

function toUrl(path: string, query: RequestOptions['query']): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== null && value !== '') parameters.set(name, String(value));
  }
  const text = parameters.toString();
  return text === '' ? `/api/v1${path}` : `/api/v1${path}?${text}`;
}

function toInit(options: RequestOptions): RequestInit {
  const headers: Record<string, string> = { accept: 'application/json' };
  const method = options.method ?? 'GET';
  const init: RequestInit = { method, headers, credentials: 'same-origin' };
  if (method !== 'GET') headers['x-requested-with'] = 'stratora';
  // A proxy that compresses makes a tag weak, which would match nothing; what it names is the same.
  if (options.ifMatch !== undefined) headers['if-match'] = options.ifMatch.replace(/^W\//, '');
  if (options.form !== undefined) {
    init.body = new URLSearchParams(options.form);
  } else if (options.body !== undefined) {
    headers['content-type'] = 'application/json';
    init.body = JSON.stringify(options.body);
  }
  const timeout = AbortSignal.timeout(options.timeoutMs ?? REQUEST_TIMEOUT_MS);
  init.signal = options.signal === undefined ? timeout : AbortSignal.any([options.signal, timeout]);
  return init;
}

async function readProblem(answer: Response): Promise<ApiError> {
  let problem: Partial<Problem> = {};
  if (answer.headers.get('content-type')?.includes('json') === true) {
    problem = (await answer.json().catch(() => ({}))) as Partial<Problem>;
  }
  if (problem.detail === undefined && problem.title === undefined) {
    problem = { ...problem, detail: `The server answered ${answer.status}.` };
  }
  return new ApiError(answer.status, problem, answer.headers.get('x-request-id') ?? undefined);
}

/** Calls the user API; the caller reads the body. */
async function send(path: string, options: RequestOptions): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(toUrl(path, options.query), toInit(options));
  } catch (error) {
    if (options.signal?.aborted === true) throw error;
    const slow = error instanceof DOMException && error.name === 'TimeoutError';
    throw new ApiError(0, {
      code: slow ? 'timeout' : 'unreachable',
      detail: slow
        ? `The server did not answer within ${Math.round((options.timeoutMs ?? REQUEST_TIMEOUT_MS) / 1000)} s.`
        : 'The server cannot be reached.',
    });
  }
  timeListener?.(Date.parse(answer.headers.get('date') ?? ''));
  if (!answer.ok) {
    const failure = await readProblem(answer);
    if (failure.code === 'not_authenticated' || failure.code === 'password_change_required') {
      sessionListener?.(failure.code);
    }
    throw failure;
  }
  return answer;
}

/**
 * Calls the user API below `/api/v1` with the session cookie.
 *
 * @throws ApiError for every answer but a success; `status` 0 when the server cannot be reached. An abort by the
 * caller's own signal is thrown as it is.
 */
export async function request<T>(path: string, options: RequestOptions = {}): Promise<T> {
  const answer = await send(path, options);
  if (answer.status === 204) return undefined as T;
  return (await answer.json()) as T;
}

/** A resource with its entity tag. */
export interface Tagged<T> {
  readonly value: T;
  readonly etag: string;
}

/** Reads a single resource with its entity tag. @throws ApiError as `request` does */
export async function requestTagged<T>(
  path: string,
  options: Pick<RequestOptions, 'signal'>,
): Promise<Tagged<T>> {
  const answer = await send(path, options);
  return { value: (await answer.json()) as T, etag: answer.headers.get('etag') ?? '' };
}
