import { UNKNOWN_ID } from './inventory.test-support.ts';
import type { Scene } from './scene.test-support.ts';

const PATH = '/api/v1/alert-definitions';
const RULE = {
  expr: 'queue_length',
  warning: 10,
  critical: 20,
  summary: '{{ $node }} has {{ $value | round }}',
};

/** Asks for alert definitions: those of the product, own ones, ones that replace another, and trials of them. */
export async function rules(scene: Scene): Promise<void> {
  await shipped(scene);
  await own(scene);
  await overriding(scene);
  await trials(scene);
  await removal(scene);
}

async function shipped({ answers, known }: Scene): Promise<void> {
  const { json } = await answers.answerTo('viewer', 'GET', `${PATH}?search=load_per_cpu`);
  known.set('rule:load', json.items[0].id);
  answers.normal.name(json.items[0].id, 'rule:load');
  for (const query of [
    'search=load_per_cpu',
    'kind=store',
    'kind=magic',
    'enabled=perhaps',
    'scope=world',
    'sort=expr',
  ])
    await answers.ask('viewer', 'GET', `${PATH}?${query}`);
  const one = `${PATH}/${json.items[0].id}`;
  await answers.ask('viewer', 'GET', one);
  await answers.ask('viewer', 'PATCH', one, { body: { critical: 5 } });
  await answers.ask('operator', 'PATCH', one, { body: { critical: 5, enabled: false } });
  await answers.ask('operator', 'POST', `${one}/reset`);
  await answers.ask('admin', 'DELETE', one, { why: 'it comes with the product' });
}

async function own({ answers, known }: Scene): Promise<void> {
  for (const name of ['Queue long', 'Queue short']) {
    const call = { body: { name, ...RULE }, id: `rule:${name}` };
    known.set(`rule:${name}`, (await answers.ask('operator', 'POST', PATH, call)).json.id);
  }
  const fine = { ...RULE, name: 'Another' };
  const bad: object[] = [
    { ...fine, name: 'QUEUE LONG' },
    { ...fine, expr: 'rate(queue_length' },
    { ...fine, expr: 'sum(queue_length)', critical: 5, warning_clear: 15 },
    { ...fine, summary: '{{ if }}', runbook_url: 'javascript:alert(1)' },
    { ...fine, summary: '{{ if }}' },
    { ...fine, expr: undefined, colour: 'red' },
    { ...fine, kind: 'heartbeat' },
  ];
  for (const body of bad) await answers.ask('admin', 'POST', PATH, { body });
  await answers.ask('viewer', 'POST', PATH, { body: fine });
  const one = `${PATH}/${known.get('rule:Queue long')}`;
  const { json } = await answers.ask('viewer', 'GET', one);
  await answers.ask('admin', 'PATCH', one, { body: { name: 'Queue SHORT' }, why: 'the name is taken' });
  await answers.ask('admin', 'PUT', one, {
    body: { name: 'Queue long', expr: 'queue_length', critical: 30 },
  });
  await answers.ask('admin', 'PUT', one, { body: json, why: 'what was read is put back' });
  await answers.ask('admin', 'POST', `${one}/clone`, { body: {}, id: 'rule:copy' });
  await answers.ask('admin', 'POST', `${one}/clone`, {
    body: { name: 'queue short' },
    why: 'the name is taken',
  });
  await answers.ask('admin', 'POST', `${one}/reset`, { why: 'it did not come with the product' });
}

async function overriding({ answers, known }: Scene): Promise<void> {
  const overrides = known.get('rule:Queue long');
  const site = { type: 'site', id: known.get('site:hall') };
  const fine = { ...RULE, name: 'Queue long in the hall', overrides, critical: 15, scope: site };
  await answers.ask('operator', 'POST', PATH, { body: fine, id: 'rule:override' });
  for (const change of [
    { scope: { type: 'global' } },
    { scope: { type: 'node', id: UNKNOWN_ID } },
    { scope: site },
    { scope: { type: 'group', id: known.get('group:hall') }, overrides: UNKNOWN_ID },
  ])
    await answers.ask('operator', 'POST', PATH, { body: { ...fine, name: 'Not one', ...change } });
  await answers.ask('viewer', 'GET', `${PATH}?overrides=${overrides}`);
  await answers.ask('viewer', 'GET', `${PATH}?scope=site&enabled=true`);
}

async function trials({ answers, known }: Scene): Promise<void> {
  const id = known.get('rule:Queue long');
  await answers.ask('viewer', 'POST', `${PATH}/${id}/preview`);
  await answers.ask('viewer', 'POST', `${PATH}/${UNKNOWN_ID}/preview`);
  const definition = { ...RULE, name: 'Tried' };
  await answers.ask('operator', 'POST', `${PATH}/preview`, { body: { definition, id } });
  for (const change of [{ kind: 'heartbeat', expr: null }, { expr: 'sum(queue_length)' }, { warning: 30 }])
    await answers.ask('operator', 'POST', `${PATH}/preview`, {
      body: { definition: { ...definition, ...change } },
    });
  await answers.ask('viewer', 'POST', `${PATH}/backtest`, { body: { definition, hours: 1 } });
  for (const more of [{ hours: 1 }, { hours: 721 }, { hours: 1, node_id: UNKNOWN_ID }, {}])
    await answers.ask('operator', 'POST', `${PATH}/backtest`, { body: { definition, ...more } });
}

async function removal({ answers, known }: Scene): Promise<void> {
  const one = `${PATH}/${known.get('rule:Queue long')}`;
  await answers.ask('viewer', 'DELETE', one);
  await answers.ask('operator', 'DELETE', one, { why: 'and the one that replaces it' });
  await answers.ask('viewer', 'GET', `${PATH}?scope=site`);
  for (const [method, call] of [
    ['GET', ''],
    ['PATCH', ''],
    ['DELETE', ''],
    ['POST', '/clone'],
    ['POST', '/reset'],
  ] as const) {
    const body = method === 'PATCH' ? { enabled: true } : {};
    const isBare = method === 'GET' || method === 'DELETE' || call === '/reset';
    await answers.ask('admin', method, `${PATH}/${UNKNOWN_ID}${call}`, isBare ? {} : { body });
  }
}
