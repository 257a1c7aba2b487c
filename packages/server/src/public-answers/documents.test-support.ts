import { waitFor } from '@stratora/testkit';
import type { Scene } from './scene.test-support.ts';

/** Asks for what is served beside the API: its document, scripts for new hosts, own metrics, live events. */
export async function documents(scene: Scene): Promise<{ events: string[]; deployment: unknown }> {
  const { answers } = scene;
  const { json } = await answers.answerTo('nobody', 'GET', '/api/v1/openapi.json');
  if (Object.keys(json.paths as object).length < 40) throw new Error('the API document is not whole');
  const docs = ['', '/start.js', '/swagger-ui.css', '/swagger-ui-bundle.js', '/favicon-32x32.png', '/secret'];
  for (const file of docs) await typeOnly(scene, `/api/docs${file}`);
  for (const file of ['ca.crt', 'linux.sh', 'windows.ps1', 'container.sh'])
    await answers.ask('nobody', 'GET', `/install/${file}`);
  const { headers } = await answers.answerTo('nobody', 'GET', '/install/linux.sh');
  const known = { headers: { 'if-none-match': headers.get('etag') ?? '' } };
  await answers.ask('nobody', 'GET', '/install/linux.sh', known);
  for (const file of ['stratora-any.tar.gz', 'secret.tar.gz']) await typeOnly(scene, `/install/${file}`);
  await answers.ask('operator', 'GET', '/api/v1/deployment');
  const { json: deployment } = await answers.answerTo('admin', 'GET', '/api/v1/deployment');
  await answers.ask('nobody', 'GET', '/metrics', { headers: { 'x-forwarded-for': '10.0.0.1' } });
  for (const [method, path] of [
    ['GET', '/nothing'],
    ['GET', '/api/v1/nothing'],
    ['DELETE', '/api/v1/sites'],
    ['PATCH', '/api/v1/auth/login'],
    ['OPTIONS', '/api/v1/sites'],
  ] as const)
    await answers.ask('nobody', method, path);
  return { events: await events(scene), deployment: answers.normal.value(deployment) };
}

/** Records the type alone of an answer, for files of a dependency or of this machine. */
async function typeOnly({ answers }: Scene, path: string): Promise<void> {
  const { status, headers } = await answers.answerTo('nobody', 'GET', path);
  const type = `${status} ${headers.get('content-type')}`;
  answers.note(`GET ${path} as nobody, without its body`, type);
}

/** Lists the events of an open stream while a user works. */
async function events(scene: Scene): Promise<string[]> {
  const { answers, backend } = scene;
  const abort = new AbortController();
  const { token } = answers.callers.get('viewer') ?? {};
  const answer = await fetch(`${backend.url}/api/v1/events`, {
    signal: abort.signal,
    headers: { authorization: `Bearer ${token}` },
  });
  answers.noteCall('viewer', 'GET', '/api/v1/events', answer.status);
  const { standing, headers } = answers.headersOf({ headers: answer.headers });
  let text = '';
  const reading = (async () => {
    const decoder = new TextDecoder();
    for await (const chunk of answer.body ?? [])
      text += decoder.decode(chunk as Uint8Array, { stream: true });
  })().catch(() => {});
  const until = (count: number) =>
    waitFor(() => text.split('event:').length > count, { everyMs: 20, what: `event ${count} of the stream` });
  await until(1);
  const body = { name: 'told', ip_address: '10.0.0.30' };
  const { json } = await answers.answerTo('admin', 'POST', '/api/v1/nodes', { body, id: 'node:told' });
  await until(2);
  await answers.answerTo('admin', 'PATCH', `/api/v1/nodes/${json.id}`, { body: { name: 'told again' } });
  await until(3);
  await answers.answerTo('admin', 'DELETE', `/api/v1/nodes/${json.id}`);
  await until(4);
  const component = `/api/v1/components/${scene.get('south')}`;
  await answers.answerTo('admin', 'PATCH', component, { body: { name: 'South' } });
  await until(5);
  abort.abort();
  await reading;
  const type = `${answer.status} ${answer.headers.get('content-type')}`;
  return [type, standing, JSON.stringify(headers), ...answers.normal.text(text).split('\n')];
}

interface MetricEntry {
  type: string;
  help: string;
  labels: string[];
}

/** Metrics of the process itself, by a library: their labels are not ours. */
const PROCESS_METRICS = /^stratora_(process|nodejs)_/;
/** Labels whose values are a closed set of ours. */
const CLOSED_LABELS = new Set(['loop', 'reason', 'outcome', 'result']);

/** Reads names, types, help and labels of the own metrics, and the values of labels that are a closed set. */
export async function ownMetrics({ answers, backend }: Scene): Promise<Record<string, MetricEntry>> {
  const { text } = await backend.call('GET', '/metrics');
  answers.noteCall('nobody', 'GET', '/metrics', 200);
  const metrics = new Map<string, MetricEntry>();
  const labels = new Map<string, Set<string>>();
  for (const line of text.split('\n')) {
    const [, kind, name = '', rest = ''] = /^# (HELP|TYPE) (\S+) (.*)$/.exec(line) ?? [];
    if (kind === 'HELP') metrics.set(name, { type: '', help: rest, labels: [] });
    const entry = metrics.get(name);
    if (kind === 'TYPE' && entry) entry.type = rest;
    const [, sample = '', inner = ''] = /^(\w+)\{(.*)\} /.exec(line) ?? [];
    if (sample === '' || PROCESS_METRICS.test(sample)) continue;
    const known = labels.get(sample) ?? new Set();
    labels.set(sample, known);
    for (const [, label = '', value = ''] of inner.matchAll(/(\w+)="([^"]*)"/g))
      known.add(CLOSED_LABELS.has(label) ? `${label}=${value}` : label);
  }
  for (const [sample, known] of labels) {
    const owner = metrics.get(sample) ?? metrics.get(sample.replace(/_(bucket|sum|count)$/, ''));
    for (const label of known) if (owner && !owner.labels.includes(label)) owner.labels.push(label);
  }
  for (const entry of metrics.values()) entry.labels.sort();
  return Object.fromEntries([...metrics].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
