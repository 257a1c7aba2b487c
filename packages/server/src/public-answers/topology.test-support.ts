import { UNKNOWN_ID } from './inventory.test-support.ts';
import type { Scene } from './scene.test-support.ts';

/** Asks for links and parents of the nodes that the chapter before has left. */
export async function topology(scene: Scene): Promise<void> {
  const [pump, gate, shop] = ['pump', 'gate', 'shop'].map((name) => scene.get(`node:${name}`));
  await links(scene, pump ?? '', gate ?? '');
  await parents(scene, { pump: pump ?? '', gate: gate ?? '', shop: shop ?? '' });
  const { answers } = scene;
  for (const query of [
    '',
    `?site_id=${scene.get('site:hall')}`,
    `?node_id=${pump}`,
    '?site_id=x',
    '?limit=5',
  ])
    await answers.ask('viewer', 'GET', `/api/v1/topology${query}`);
}

async function links({ answers }: Scene, pump: string, gate: string): Promise<void> {
  const path = '/api/v1/topology/links';
  const body = { a: { node_id: pump, interface: 'Gi1/0/24' }, b: { node_id: gate } };
  const { json } = await answers.ask('operator', 'POST', path, { body, id: 'link:pump-gate' });
  await answers.ask('admin', 'POST', path, {
    body: { a: body.b, b: body.a },
    why: 'the same, the other way round',
  });
  await answers.ask('admin', 'POST', path, { body: { a: body.a, b: { node_id: UNKNOWN_ID } } });
  await answers.ask('admin', 'POST', path, { body: { a: body.a, b: { node_id: pump } } });
  await answers.ask('admin', 'POST', path, { body: { a: { node_id: 7, interface: ' ' }, speed: 1 } });
  await answers.ask('viewer', 'POST', path, { body });
  await answers.ask('viewer', 'GET', `${path}/${json.id}`);
  await answers.ask('viewer', 'GET', `${path}/${UNKNOWN_ID}`);
  await answers.ask('viewer', 'DELETE', `${path}/${json.id}`);
  const other = await answers.ask('operator', 'POST', path, {
    body: { a: { node_id: gate, interface: 'uplink' }, b: { node_id: pump } },
    id: 'link:gate-pump',
  });
  await answers.ask('operator', 'DELETE', `${path}/${other.json.id}`);
  await answers.ask('operator', 'DELETE', `${path}/${other.json.id}`, { why: 'gone already' });
}

async function parents({ answers }: Scene, ids: Record<'pump' | 'gate' | 'shop', string>): Promise<void> {
  const path = (id: string) => `/api/v1/nodes/${id}/parents`;
  await answers.ask('viewer', 'GET', path(ids.shop));
  await answers.ask('operator', 'PUT', path(ids.shop), { body: { node_ids: [ids.gate] } });
  await answers.ask('operator', 'PUT', path(ids.gate), { body: { node_ids: [ids.pump] } });
  await answers.ask('operator', 'PUT', path(ids.pump), { body: { node_ids: [ids.shop] }, why: 'a circle' });
  await answers.ask('operator', 'PUT', path(ids.pump), { body: { node_ids: [UNKNOWN_ID] } });
  await answers.ask('operator', 'PUT', path(ids.pump), { body: { node_ids: 'all' } });
  await answers.ask('operator', 'PUT', path(UNKNOWN_ID), { body: { node_ids: [] } });
  await answers.ask('viewer', 'PUT', path(ids.pump), { body: { node_ids: [] } });
  await answers.ask('viewer', 'GET', path(ids.shop));
  await answers.ask('operator', 'PUT', path(ids.gate), { body: { node_ids: [] } });
}
