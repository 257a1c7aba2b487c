import { UNKNOWN_ID } from './inventory.test-support.ts';
import type { Scene } from './scene.test-support.ts';

const PATH = '/api/v1/maintenance-windows';
/** Far away, so that it is to come whenever this runs. */
const TIMES = { starts_at: '2150-03-26T02:30:00+01:00', ends_at: '2150-03-26T03:30:00+01:00' };
const WEEKLY = { ...TIMES, rrule: 'FREQ=WEEKLY;COUNT=3', timezone: 'Europe/Berlin' };

/** Asks for maintenance windows: made, refused, previewed, changed, ended and deleted. */
export async function maintenance({ answers, known }: Scene): Promise<void> {
  const fine = { name: 'New switches', scope: { type: 'site', id: known.get('site:hall') }, ...WEEKLY };
  const made = await answers.ask('operator', 'POST', PATH, { body: fine, id: 'window:switches' });
  await answers.ask('viewer', 'POST', PATH, { body: fine });
  const bad: object[] = [
    { ...fine, ends_at: TIMES.starts_at },
    { ...fine, ends_at: '2150-05-26T03:30:00+01:00' },
    { ...fine, rrule: 'FREQ=SECONDLY' },
    { ...fine, rrule: 'FREQ=DAILY', ends_at: '2150-03-27T02:30:00+01:00' },
    { ...fine, rrule: null, exdates: ['2150-04-02'] },
    { ...fine, timezone: 'Mars/Base' },
    { ...fine, scope: { type: 'site', id: UNKNOWN_ID } },
    { ...fine, scope: { type: 'node' }, colour: 'red' },
  ];
  for (const body of bad) await answers.ask('admin', 'POST', PATH, { body });
  for (const query of ['state=scheduled', 'active=true', 'state=done', 'sort=rrule'])
    await answers.ask('viewer', 'GET', `${PATH}?${query}`);
  const preview = { ...WEEKLY, from: '2150-03-01T00:00:00Z' };
  await answers.ask('viewer', 'POST', `${PATH}/preview`, { body: preview });
  await answers.ask('viewer', 'POST', `${PATH}/preview`, { body: { ...preview, rrule: 'FREQ=OFTEN' } });
  const one = `${PATH}/${made.json.id}`;
  const { json } = await answers.ask('viewer', 'GET', one);
  await answers.ask('operator', 'PATCH', one, { body: { reason: 'the old ones burn' } });
  await answers.ask('operator', 'PUT', one, { body: json, why: 'what was read is put back' });
  await answers.ask('operator', 'POST', `${one}/end`, { why: 'none is running' });
  await answers.ask('viewer', 'GET', `${one}/held`);
  await answers.ask('viewer', 'DELETE', one);
  await answers.ask('operator', 'DELETE', one);
  await answers.ask('viewer', 'GET', one);
}
