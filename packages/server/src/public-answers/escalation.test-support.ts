import { lists } from './access.test-support.ts';
import { UNKNOWN_ID } from './inventory.test-support.ts';
import type { Scene } from './scene.test-support.ts';

const PATH = '/api/v1/escalation-teams';
const AT = '2026-10-06T12:00:00Z';

/** Asks for escalation teams, their rotas, and who would hear of an alert. */
export async function escalation(scene: Scene): Promise<void> {
  await making(scene);
  await reading(scene);
  await changing(scene);
  await removal(scene);
}

async function making({ answers, known }: Scene): Promise<void> {
  const { json } = await answers.answerTo('viewer', 'GET', PATH);
  known.set('team:default', json.items[0].id);
  answers.normal.name(json.items[0].id, 'team:default');
  const member = known.get('user:operator');
  const body = {
    name: 'Duty',
    match: { severities: ['critical'] },
    steps: [
      { after_seconds: 0, on_call: 'current' },
      { after_seconds: 900, on_call: 'next' },
    ],
    repeat: { every_seconds: 3600, times: 2 },
    rotation: {
      timezone: 'Europe/Berlin',
      handoff: { day: 'mo', time: '09:00' },
      member_ids: [member],
      starts_on: '2026-10-05',
    },
  };
  const created = await answers.ask('admin', 'POST', PATH, { body, id: 'team:duty' });
  known.set('team:duty', created.json.id);
  const bad: object[] = [
    { ...body, name: 'DUTY' },
    { ...body, name: 'Bad', rotation: null },
    { ...body, name: 'Bad', match: { site_ids: [UNKNOWN_ID] } },
    { ...body, name: 'Bad', steps: [{ after_seconds: 60 }, { after_seconds: 0 }] },
    { ...body, name: 'Bad', active: { type: 'hours', timezone: 'Mars/Olympus', windows: [] } },
    { ...body, name: 'Bad', is_default: true, enabled: false, match: {} },
  ];
  for (const one of bad) await answers.ask('admin', 'POST', PATH, { body: one });
  await answers.ask('operator', 'POST', PATH, { body });
}

async function reading(scene: Scene): Promise<void> {
  const { answers, known } = scene;
  const one = `${PATH}/${known.get('team:duty')}`;
  const everybody = `${PATH}/${known.get('team:default')}`;
  await lists(scene, PATH, 'name');
  await answers.ask('viewer', 'GET', `${PATH}?member_id=${UNKNOWN_ID}`);
  await answers.ask('viewer', 'GET', everybody);
  await answers.ask('viewer', 'GET', `${one}/on-call?at=${AT}`);
  await answers.ask('viewer', 'GET', `${everybody}/on-call?at=${AT}`);
  await answers.ask('viewer', 'GET', `${one}/on-call?at=noon`);
  await answers.ask('viewer', 'GET', `${one}/rota?from=${AT}&days=14`);
  await answers.ask('viewer', 'GET', `${one}/rota?days=91`);
  await answers.ask('viewer', 'POST', `${PATH}/preview`, { body: { at: AT } });
  await answers.ask('viewer', 'POST', `${PATH}/preview`, { body: { at: AT, severity: 'info' } });
  await answers.ask('viewer', 'POST', `${PATH}/preview`, { body: { at: AT, node_id: UNKNOWN_ID } });
}

async function changing({ answers, known }: Scene): Promise<void> {
  const one = `${PATH}/${known.get('team:duty')}`;
  const everybody = `${PATH}/${known.get('team:default')}`;
  const override = { member_id: known.get('user:viewer'), from: AT, to: '2026-10-07T06:00:00Z' };
  await answers.ask('viewer', 'POST', `${one}/overrides`, { body: override });
  await answers.ask('operator', 'POST', `${one}/overrides`, { body: { ...override, to: AT } });
  await answers.ask('admin', 'POST', `${everybody}/overrides`, { body: override });
  await answers.ask('operator', 'POST', `${one}/overrides`, { body: override });
  await answers.ask('viewer', 'GET', `${one}/on-call?at=${AT}`, { why: 'with an override' });
  await answers.ask('operator', 'DELETE', `${one}/overrides/7`);
  await answers.ask('operator', 'DELETE', `${one}/overrides/0`);
  await answers.ask('operator', 'PATCH', one, { body: { enabled: false } });
  await answers.ask('admin', 'PATCH', everybody, { body: { enabled: false } });
  await answers.ask('admin', 'PATCH', everybody, { body: { repeat: { every_seconds: 600, times: 1 } } });
  const whole = { name: 'Everybody', is_default: true, steps: [{ after_seconds: 0 }] };
  await answers.ask('admin', 'PUT', everybody, { body: whole });
}

async function removal({ answers, known }: Scene): Promise<void> {
  const one = `${PATH}/${known.get('team:duty')}`;
  await answers.ask('operator', 'DELETE', one);
  await answers.ask('admin', 'DELETE', one);
  await answers.ask('admin', 'DELETE', `${PATH}/${known.get('team:default')}`, {
    why: 'the default team stays',
  });
  for (const path of ['', '/on-call', '/rota']) await answers.ask('viewer', 'GET', `${one}${path}`);
  await answers.ask('admin', 'PATCH', one, { body: { enabled: true } });
}
