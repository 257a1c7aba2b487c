import { AnswerNormalizer } from './answer-normalizer.ts';
import type { BackendAnswer, BackendCall, TestBackend } from './backend.ts';

/** The credentials of a caller. */
export type Caller = Pick<BackendCall, 'token' | 'key' | 'headers'>;

export interface RecordedCall extends BackendCall {
  /** The purpose of the call, where the call itself does not tell. */
  why?: string;
  /** The placeholder of the id in the answer, such as `node:pump`. */
  id?: string;
  /** Called again and again until the answer is there. */
  meanwhile?: () => Promise<void>;
}

export interface RecordedAnswer {
  /** Method, path and caller. */
  call: string;
  why?: string;
  sentHeaders?: unknown;
  sent?: unknown;
  status: number;
  type: string | null;
  /** Name of the set of standing headers that the answer carries. */
  standing: string;
  headers?: Record<string, string>;
  body?: unknown;
}

/** Headers of one connection or one moment, which are not recorded. */
const PASSING_HEADERS = new Set(['connection', 'content-length', 'date', 'keep-alive', 'transfer-encoding']);
/** Headers that are the same on very many answers: a set of them is recorded once, and referred to by its name. */
const STANDING_HEADER =
  /^(content-security|strict-transport|x-content-type|x-frame|referrer|cross-origin|perm)/;
/** Characters beyond which a text that is neither JSON nor a config is recorded as a digest. */
const LONG_TEXT = 1000;

/** Calls a backend as one of several callers and keeps its answers in a form that is the same in every run. */
export class AnswerRecorder {
  readonly normal = new AnswerNormalizer();
  readonly callers = new Map<string, Caller>([['nobody', {}]]);
  /** Sets of standing headers with their names. */
  readonly standing = new Map<string, { name: string; headers: Record<string, string> }>();
  /** `METHOD /pattern/:id` of every route that was called. */
  readonly called = new Set<string>();
  /** The last path that each route was read by with success, and the caller. */
  readonly readable = new Map<string, { path: string; who: string }>();
  #answers: (RecordedAnswer | { call: string; note: string })[] = [];
  readonly #backend: Pick<TestBackend, 'app' | 'call'>;

  constructor(backend: Pick<TestBackend, 'app' | 'call'>) {
    this.#backend = backend;
  }

  /** Returns the answers since the last call of `take`. */
  take(): (RecordedAnswer | { call: string; note: string })[] {
    const taken = this.#answers;
    this.#answers = [];
    return taken;
  }

  async ask(who: string, method: string, path: string, call: RecordedCall = {}): Promise<BackendAnswer> {
    const answer = await this.answerTo(who, method, path, call);
    this.#answers.push(this.#record(`${method} ${path} as ${who}`, answer, call));
    return answer;
  }

  /** Keeps a note about a call whose answer is not recorded itself. */
  note(call: string, note: string): void {
    this.#answers.push({ call: this.normal.text(call), note: this.normal.text(note) });
  }

  /** Calls the backend and returns the answer; the call counts for its route, but is not kept. */
  async answerTo(who: string, method: string, path: string, call: RecordedCall = {}): Promise<BackendAnswer> {
    const caller = this.callers.get(who);
    if (!caller) throw new Error(`there is no caller ${who}`);
    const asked = this.#backend.call(method, path, {
      ...caller,
      ...call,
      headers: { ...caller.headers, ...call.headers },
    });
    const state = { isAnswered: false };
    const answered = asked.finally(() => {
      state.isAnswered = true;
    });
    // A call that fails while `meanwhile` runs is awaited, and so throws, below.
    answered.catch(() => {});
    while (call.meanwhile && !state.isAnswered) await call.meanwhile();
    const answer = await answered;
    this.#noteNames(answer, call.id);
    this.noteCall(who, method, path, answer.status);
    return answer;
  }

  noteCall(who: string, method: string, path: string, status: number): void {
    const route = this.routeOf(method, path);
    if (route === undefined) return;
    this.called.add(`${method} ${route}`);
    if (method === 'GET' && status === 200) this.readable.set(route, { path, who });
  }

  /** Finds the route pattern that answers a path: of several, the one with the fewest parameters. */
  routeOf(method: string, path: string): string | undefined {
    const parts = (path.split('?')[0] ?? '').split('/');
    const parameters = (url: string) => url.split('/').filter((part) => part.startsWith(':')).length;
    return this.#backend.app.routes
      .filter((route) => route.method === method && matches(route.url.split('/'), parts))
      .map(({ url }) => url)
      .toSorted((a, b) => parameters(a) - parameters(b))[0];
  }

  /** Returns the headers without those of the moment, and the name of the set of standing ones among them. */
  headersOf(answer: Pick<BackendAnswer, 'headers'>): { standing: string; headers: Record<string, string> } {
    const standing: Record<string, string> = {};
    const headers: Record<string, string> = {};
    for (const [name, value] of answer.headers) {
      if (PASSING_HEADERS.has(name) || name === 'content-type') continue;
      if (STANDING_HEADER.test(name) || (name === 'cache-control' && value === 'no-store'))
        standing[name] = value;
      else {
        // Each cookie comes as a header of its own.
        const before = headers[name] === undefined ? '' : `${headers[name]}, `;
        headers[name] = before + this.#header(name, value);
      }
    }
    // Every answer carries a request id: only its absence is worth recording.
    if (headers['x-request-id'] === undefined) headers['x-request-id'] = 'MISSING';
    else delete headers['x-request-id'];
    return { standing: this.#standingName(standing), headers };
  }

  #header(name: string, value: string): string {
    if (name === 'retry-after') return '<seconds>';
    if (name === 'set-cookie') return value.replaceAll(/(stratora_session=)[^;]+/g, '$1<secret>');
    return this.normal.text(value).replaceAll(/Expires=[^;]+/g, 'Expires=<time>');
  }

  #standingName(headers: Record<string, string>): string {
    const text = JSON.stringify(headers);
    const known = this.standing.get(text);
    if (known) return known.name;
    const name = `standing headers ${this.standing.size + 1}`;
    this.standing.set(text, { name, headers });
    return name;
  }

  #noteNames({ json }: BackendAnswer, name: string | undefined): void {
    if (name === undefined) return;
    const found = json as Partial<Record<'id' | 'component_id' | 'node_id', string>> | undefined;
    const id = found?.id ?? found?.component_id;
    if (id !== undefined) this.normal.name(id, name);
    if (found?.component_id !== undefined && found.node_id !== undefined)
      this.normal.name(found.node_id, `node of ${name}`);
  }

  #record(call: string, answer: BackendAnswer, asked: RecordedCall): RecordedAnswer {
    const { standing, headers } = this.headersOf(answer);
    const sentHeaders = asked.headers ? { sentHeaders: this.normal.value(asked.headers) } : {};
    const sent = asked.body === undefined ? textOf(asked.raw) : asked.body;
    return {
      call: this.normal.text(call),
      ...(asked.why === undefined ? {} : { why: asked.why }),
      ...sentHeaders,
      ...(sent === undefined ? {} : { sent: this.normal.value(sent) }),
      status: answer.status,
      type: answer.headers.get('content-type'),
      standing,
      ...(Object.keys(headers).length === 0 ? {} : { headers }),
      ...(answer.text === '' ? {} : { body: this.#body(answer) }),
    };
  }

  #body(answer: BackendAnswer): unknown {
    if (answer.json !== undefined) return this.normal.value(answer.json);
    const isConfig = (answer.headers.get('content-type') ?? '').includes('toml');
    if (answer.text.length > LONG_TEXT && !isConfig) return this.normal.digest(answer.text);
    return this.normal.text(answer.text).split('\n');
  }
}

function textOf(raw: string | Uint8Array | undefined): unknown {
  if (raw === undefined || typeof raw === 'string') return raw;
  return '<bytes>';
}

function matches(pattern: readonly string[], parts: readonly string[]): boolean {
  if (pattern.length !== parts.length && pattern.at(-1) !== '*') return false;
  return pattern.every((part, index) => part === '*' || part.startsWith(':') || part === parts[index]);
}
