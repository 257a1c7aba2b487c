import { gzipSync } from 'node:zlib';
import { REFUSED_QUERY, type StoreQuery } from '@stratora/testkit';
import { UNKNOWN_ID } from './inventory.test-support.ts';
import type { Scene } from './scene.test-support.ts';

const INGEST = '/api/v1/ingest/influx';

/** Sends samples and asks queries. @returns what reached the store */
export async function data(scene: Scene): Promise<{ taken: string[]; questions: unknown }> {
  // What the chapter of rules asked is asked as of now, and so at another time in each run.
  scene.store.questions.length = 0;
  await ingest(scene);
  await status(scene);
  await queries(scene);
  await health(scene);
  await audit(scene);
  return {
    taken: scene.store.taken.map((line) => scene.answers.normal.text(line.replace(/ \d{10,19}$/, ' <time>'))),
    questions: scene.answers.normal.value(scene.store.questions.map(withoutTime)),
  };
}

/** What is left of its 30 s when a question goes out is another time in each run. */
function withoutTime({ parameters, ...question }: StoreQuery) {
  return {
    ...question,
    parameters: parameters.map(([name, value]) => [name, name === 'timeout' ? '<time>' : value]),
  };
}

async function ingest(scene: Scene): Promise<void> {
  const { answers, store } = scene;
  const seconds = Math.floor(Date.now() / 1000);
  const at = `${seconds}000000000`;
  const pump = `node_id=${scene.get('node:pump')},node_name=pump`;
  const gzip = { 'content-encoding': 'gzip' };
  const send = (why: string, raw: string | Uint8Array, call: { query?: string; headers?: object } = {}) =>
    answers.ask(why.startsWith('agent') ? 'press' : 'north', 'POST', INGEST + (call.query ?? ''), {
      why,
      raw: Buffer.from(raw),
      meanwhile: scene.advanceBriefly,
      headers: { ...call.headers },
    });
  const ping = `ping,${pump} packets_received=3i,average_response_ms=1.5 ${at}\n`;
  await send('a good line', ping);
  const system = `raw_snmp_system,${pump} uptime=7i,sysName="pump",sysDescr="Acme 1" ${at}\n`;
  await send('two lines packed, one to be normalised', gzipSync(system + ping), { headers: gzip });
  await send('whole seconds', `cpu,${pump} usage_idle=50 ${seconds}\n`, { query: '?precision=s' });
  await send('agent without a node, with a text', `cpu,cpu=cpu-total usage_idle=50,text="left out" ${at}\n`);
  const wrong = [
    'not a line',
    `cpu,node_id=${UNKNOWN_ID} a=1 ${at}`,
    `cpu,${pump} a=1 ${seconds + 3600}000000000`,
    `cpu,${pump} a=1 1000000000000000000`,
    `cpu a=1 ${at}`,
    `cpu,${pump} a= ${at}`,
  ].join('\n');
  await send('bad lines and a good one', `${wrong}\n${ping}`);
  await send('bad lines alone', wrong);
  await send('nothing', '');
  await send('unknown precision', ping, { query: '?precision=weeks' });
  await send('not packed as it says', 'not gzip', { headers: gzip });
  await send('cut off', gzipSync(ping).subarray(0, 30), { headers: gzip });
  await send('packed as nobody reads', ping, { headers: { 'content-encoding': 'br' } });
  store.isAway = true;
  await send('the store is away', ping);
  store.isAway = false;
  await send('the store is back', ping);
}

async function status(scene: Scene): Promise<void> {
  const { answers, store } = scene;
  // One after the other: of two that change at the same moment, either may come first.
  for (const name of ['pump', 'press']) {
    const id = scene.get(`node:${name}`);
    store.evidence.set(id, Date.now());
    await scene.until('viewer', `/api/v1/nodes/${id}`, ({ json }) => json.status === 'healthy');
  }
  await scene.advance(10_000);
  await answers.ask('viewer', 'GET', '/api/v1/nodes?sort=name');
  await answers.ask('viewer', 'GET', `/api/v1/nodes/${scene.get('node:pump')}`);
  await scene.until('viewer', '/api/v1/summary', ({ json }) => json.nodes.by_status.healthy === 2);
  await scene.drawHistoryTogether();
  await answers.ask('viewer', 'GET', '/api/v1/summary');
  await answers.ask('viewer', 'GET', `/api/v1/components/${scene.get('north')}`, { why: 'what it sent' });
}

async function queries(scene: Scene): Promise<void> {
  const { answers } = scene;
  const range = 'query=up&start=1000000000&end=1000000600&step=60';
  const calls: [string, string][] = [
    ['/query', 'query=up&time=1000000000&extra_label=a%3Db&nocache=1'],
    ['/query_range', range],
    ['/series', 'match[]=up&match[]=down&start=1000000000'],
    ['/labels', 'start=2001-09-09T01:46:40Z'],
    ['/label/node_id/values', 'match[]=up&limit=7'],
  ];
  const bad: [string, string][] = [
    ['/query', ''],
    ['/query', 'query=up&time=abc'],
    ['/query', `query=${REFUSED_QUERY}`],
    ['/query', 'query=sum('],
    ['/query', 'query=sum'],
    ['/query_range', 'query=up&start=2&end=1&step=1'],
    ['/query_range', 'query=up&start=0&end=1000000&step=1'],
    ['/query_range', 'query=up&start=0&end=1&step=0'],
    ['/series', ''],
    ['/labels', 'match[]={'],
  ];
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  for (const base of ['/api/v1/metrics', '/api/v1/prometheus/api/v1']) {
    for (const [path, query] of calls) {
      await answers.ask('viewer', 'GET', `${base}${path}?${query}`);
      await answers.ask('viewer', 'POST', base + path, { raw: query, headers: form });
    }
    for (const [path, query] of bad) await answers.ask('viewer', 'GET', `${base}${path}?${query}`);
    scene.store.isAway = true;
    await answers.ask('viewer', 'GET', `${base}/query?query=up`, { why: 'the store is away' });
    scene.store.isAway = false;
  }
  const grafana = '/api/v1/prometheus/api/v1';
  for (const path of [
    'status/buildinfo',
    'metadata',
    'query_exemplars',
    'rules?rule_name[]=node_unreachable',
    'alerts',
  ])
    await answers.ask('viewer', 'GET', `${grafana}/${path}`);
  await answers.ask('viewer', 'POST', `${grafana}/query_exemplars`, { raw: 'query=up', headers: form });
}

async function health(scene: Scene): Promise<void> {
  const { answers } = scene;
  for (const isAway of [true, false]) {
    scene.store.isAway = isAway;
    const wanted = isAway ? 'degraded' : 'ok';
    await scene.until('nobody', '/api/v1/health', ({ json }) => json.status === wanted);
    await answers.ask('nobody', 'GET', '/api/v1/health');
  }
}

async function audit(scene: Scene): Promise<void> {
  const { answers } = scene;
  await answers.ask('admin', 'GET', '/api/v1/audit-log?sort=time&limit=500');
  for (const query of ['search=node.create&sort=time', 'limit=1', 'sort=actor'])
    await answers.ask('admin', 'GET', `/api/v1/audit-log?${query}`);
  await answers.ask('operator', 'GET', '/api/v1/audit-log');
}
