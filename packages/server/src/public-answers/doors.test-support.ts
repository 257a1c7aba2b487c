import type { BackendAnswer, RecordedCall } from '@stratora/testkit';
import { UNKNOWN_ID } from './inventory.test-support.ts';
import { PASSWORD, type Scene } from './scene.test-support.ts';

type Route = Scene['backend']['app']['routes'][number];

/** A call with the value of every parameter of its path; an unknown id by default. */
type Probe = RecordedCall & { parameter?: string };

const WITH_BODY = new Set(['POST', 'PUT', 'PATCH']);
/** The route whose answers have no end. */
const ENDLESS = '/api/v1/events';
const WRONG_KEY = `sk_stra_${'x'.repeat(43)}`;

/** Asks every route as wrong callers and with faulty calls. @returns a line for each answer */
export async function doors(scene: Scene): Promise<Record<string, Record<string, string>>> {
  const { answers, backend } = scene;
  const { json } = await answers.answerTo('admin', 'POST', '/api/v1/users', {
    body: { username: 'prober', password: PASSWORD, role: 'admin', must_change_password: false },
    id: 'user:prober',
  });
  scene.known.set('user:prober', json.id);
  answers.callers.set('prober', { token: await backend.login('prober', PASSWORD) });
  answers.callers.set('wrong key', { key: WRONG_KEY });
  answers.callers.set('no key', { key: 'not a key' });
  const result: Record<string, Record<string, string>> = {};
  for (const route of probed(scene)) {
    result[`${route.method} ${route.url}`] = {
      ...(await askAsWrongCallers(scene, route)),
      ...(await askFaultily(scene, route)),
    };
  }
  return result;
}

function probed({ backend }: Scene): Route[] {
  const order = ({ url, method }: Route) => `${url} ${method}`;
  return backend.app.routes
    .filter(({ method, url }) => method !== 'HEAD' && !url.includes('*') && url.startsWith('/api/v1/'))
    .toSorted((a, b) => (order(a) < order(b) ? -1 : 1));
}

/** Asks a route as callers that it is not for. */
async function askAsWrongCallers(scene: Scene, route: Route): Promise<Record<string, string>> {
  const { access } = route;
  const wrong =
    access.scope === 'user'
      ? ['nobody', 'north', 'a forger', 'newcomer', ...(access.permission === 'self' ? [] : ['viewer'])]
      : access.scope === 'component'
        ? ['nobody', 'admin', 'wrong key', 'no key', 'stolen', access.type === 'agent' ? 'north' : 'press']
        : [];
  const refusals: Record<string, string> = {};
  for (const who of wrong) {
    if (who === 'viewer' && route.url === ENDLESS) continue;
    if (who === 'viewer' && route.method === 'GET' && access.scope === 'user') {
      const answer = await ask(scene, who, route, {});
      if (answer.status === 403) refusals[who] = answerLine(scene, answer);
      continue;
    }
    refusals[who] = answerLine(
      scene,
      await ask(scene, who, route, WITH_BODY.has(route.method) ? { body: {} } : {}),
    );
  }
  return refusals;
}

/** Asks a route as a caller that it is for, with faulty calls. */
async function askFaultily(scene: Scene, route: Route): Promise<Record<string, string>> {
  const { access, url, method } = route;
  const who =
    access.scope === 'component'
      ? access.type === 'agent'
        ? 'press'
        : 'north'
      : access.scope === 'user'
        ? 'prober'
        : 'nobody';
  if (url === ENDLESS) return {};
  const lines: Record<string, string> = {};
  const record = async (what: string, call: Probe) => {
    lines[what] = answerLine(scene, await ask(scene, who, route, call));
  };
  if (url.includes(':')) {
    await record('unknown id', WITH_BODY.has(method) ? { body: {} } : {});
    await record('no id at all', { parameter: 'no%20id', ...(WITH_BODY.has(method) ? { body: {} } : {}) });
  } else if (!WITH_BODY.has(method)) await record('unknown parameter', {});
  if (!WITH_BODY.has(method) || url.endsWith('/ingest/influx')) return lines;
  const json = { 'content-type': 'application/json' };
  await record('an empty object', { body: {} });
  await record('a list', { body: [] });
  await record('an unknown field', { body: { surprise: 1 } });
  await record('no JSON', { raw: '{"a":', headers: json });
  await record('a type that nobody takes', { raw: '<a/>', headers: { 'content-type': 'text/xml' } });
  await record('nothing', { headers: json });
  return lines;
}

async function ask(
  { answers, backend }: Scene,
  who: string,
  { method, url }: Route,
  { parameter = UNKNOWN_ID, ...call }: Probe,
): Promise<BackendAnswer> {
  const path = url.replaceAll(/:(\w+)/g, (_, name: string) => {
    if (parameter !== UNKNOWN_ID) return parameter;
    if (name === 'purpose') return 'snmp';
    if (name === 'slug') return 'no-such-template';
    if (name === 'generation') return '1';
    return name === 'name' ? 'job' : UNKNOWN_ID;
  });
  const query = method === 'GET' && !url.includes(':') ? '?surprise=1' : '';
  const answer = await answers.answerTo(who, method, path + query, call);
  // A logout ends the token that it came with.
  if (who === 'prober' && url.endsWith('/logout')) {
    answers.callers.set(who, { token: await backend.login(who, PASSWORD) });
  }
  return answer;
}

/** Writes an answer in a line: status, code, detail, and the faulty fields. */
function answerLine({ answers }: Scene, { status, json, text, headers }: BackendAnswer): string {
  const type = headers.get('content-type') ?? 'no type';
  if (!type.includes('problem'))
    return answers.normal.text(`${status} ${type}${text.length < 300 && status >= 300 ? ` ${text}` : ''}`);
  const {
    code,
    detail,
    errors = [],
  } = json as {
    code: string;
    detail: string;
    errors?: { path: string; message: string }[];
  };
  const faults = errors.map(({ path, message }) => ` | ${path}: ${message}`).join('');
  return answers.normal.text(`${status} ${code}: ${detail}${faults}`);
}

/** Asks for the HEAD of every route that was read: as its GET, without a body. */
export async function heads({ answers, backend }: Scene): Promise<Record<string, string>> {
  const result: Record<string, string> = {};
  for (const { method, url } of backend.app.routes) {
    if (method !== 'HEAD') continue;
    const read = answers.readable.get(url);
    if (!read) continue;
    const answer = await answers.answerTo(read.who, 'HEAD', read.path);
    const { standing, headers } = answers.headersOf(answer);
    const more = Object.keys(headers).length === 0 ? '' : ` ${JSON.stringify(headers)}`;
    result[url] = `${answer.status} ${answer.headers.get('content-type')}, ${standing}${more}`;
  }
  return Object.fromEntries(Object.entries(result).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
