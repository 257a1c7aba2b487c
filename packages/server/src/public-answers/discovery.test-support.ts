import { UNKNOWN_ID } from './inventory.test-support.ts';
import type { Scene } from './scene.test-support.ts';

const PATH = '/api/v1/discovery/jobs';

/** Asks for discovery jobs: made, refused, changed, scanned and cancelled at once, and for what they have found. */
export async function discovery({ answers, known }: Scene): Promise<void> {
  const fine = {
    name: 'Hall 3',
    targets: ['192.0.2.0/29', '192.0.2.100-192.0.2.110'],
    site_id: known.get('site:hall'),
    options: { ot_safe: true, exclude: ['192.0.2.105'] },
    schedule: { rrule: 'FREQ=WEEKLY', timezone: 'Europe/Berlin', starts_at: '2150-01-05T02:00:00Z' },
    start: false,
  };
  const made = await answers.ask('operator', 'POST', PATH, { body: fine, id: 'discovery:hall' });
  await answers.ask('viewer', 'POST', PATH, { body: fine });
  const crawl = { seed: '192.0.2.1', fence: ['192.0.2.0/24'] };
  const bad: object[] = [
    { ...fine, targets: ['0.0.0.0/0'] },
    { ...fine, targets: ['192.0.2.300', '192.0.2.9-192.0.2.1'] },
    { ...fine, targets: [] },
    { ...fine, crawl },
    { ...fine, options: { ot_safe: true, tcp: true } },
    { ...fine, credential_ids: [UNKNOWN_ID] },
    { ...fine, collector_id: UNKNOWN_ID, site_id: UNKNOWN_ID },
    { ...fine, schedule: { rrule: 'FREQ=OFTEN' } },
    { ...fine, colour: 'red' },
  ];
  for (const body of bad) await answers.ask('admin', 'POST', PATH, { body });
  for (const query of ['status=done', 'status=lost', 'sort=targets', 'search=hall'])
    await answers.ask('viewer', 'GET', `${PATH}?${query}`);
  const one = `${PATH}/${made.json.id}`;
  const { json } = await answers.ask('viewer', 'GET', one);
  await answers.ask('operator', 'PATCH', one, { body: { name: 'Hall 3, by night' } });
  await answers.ask('operator', 'PUT', one, { body: json, why: 'what was read is put back' });
  for (const of of ['devices', 'runs', 'changes', 'ledger'])
    await answers.ask('viewer', 'GET', `${one}/${of}`);
  await answers.ask('operator', 'POST', `${one}/cancel`, { why: 'it is not being scanned' });
  await acts({ answers, one, site: known.get('site:hall') ?? '' });
  await answers.ask('viewer', 'DELETE', one);
  await answers.ask('operator', 'DELETE', one);
  await answers.ask('viewer', 'GET', one);
}

async function acts({ answers, one, site }: Pick<Scene, 'answers'> & { one: string; site: string }) {
  const device_ids = [UNKNOWN_ID];
  await answers.ask('operator', 'POST', `${one}/import`, { body: { device_ids, site_id: site } });
  await answers.ask('operator', 'POST', `${one}/import`, { body: { device_ids, site_id: UNKNOWN_ID } });
  await answers.ask('operator', 'POST', `${one}/ignore`, { body: { device_ids } });
  await answers.ask('operator', 'POST', `${one}/unignore`, { body: { device_ids: [] } });
  await answers.ask('operator', 'POST', `${one}/merge`, { body: { device_ids: [UNKNOWN_ID, UNKNOWN_ID] } });
  await answers.ask('operator', 'POST', `${one}/split`, {
    body: { device_id: UNKNOWN_ID, addresses: ['192.0.2.1'] },
  });
  await answers.ask('viewer', 'POST', `${one}/rerun`);
  await answers.ask('operator', 'POST', `${one}/rerun`, {
    body: { surprise: 1 },
    why: 'a body that nobody reads',
  });
  await answers.ask('operator', 'POST', `${one}/cancel`, { why: 'at once' });
}
