import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Rollout } from '@stratora/contract';
import { pullNext, report } from './delivery.test-support.ts';
import { UNKNOWN_ID } from './inventory.test-support.ts';
import type { Scene } from './scene.test-support.ts';

const PATH = '/api/v1/rollouts';

/** Follows a rollout: stopped by the first collector, resumed, and given to all. */
export async function rollouts(scene: Scene): Promise<void> {
  const { answers } = scene;
  await answers.ask('viewer', 'GET', PATH, { why: 'none yet' });
  await change(scene, '0.7');
  await rendered(scene, 'held', 1);
  const [first, second] = await listTurns(scene);
  const one = `${PATH}/${scene.get('rollout')}`;
  await answers.ask('viewer', 'GET', PATH);
  await answers.ask('viewer', 'GET', one);
  await answers.ask('viewer', 'GET', `/api/v1/components/${scene.get(second)}`, { why: 'held back' });
  await answers.ask('admin', 'POST', `${one}/resume`, { why: 'it goes on already' });
  await scene.render();
  await pullNext(scene, first);
  await report(scene, first, { status: 'rolled_back', message: 'no output for 3 intervals' });
  await scene.until('viewer', one, ({ json }) => json.state === 'stopped');
  await answers.ask('viewer', 'GET', one);
  await scene.render();
  await pullNext(scene, first);
  await report(scene, first, { status: 'applied' });
  await answers.ask('viewer', 'GET', `/api/v1/components/${scene.get(first)}`, { why: 'as before' });
  for (const query of ['state=stopped', 'state=done', 'state=lost', 'sort=x', 'limit=1'])
    await answers.ask('viewer', 'GET', `${PATH}?${query}`);
  await answers.ask('operator', 'POST', `${one}/resume`);
  await answers.ask('operator', 'POST', `${one}/finish`);
  await answers.ask('admin', 'POST', `${one}/finish`);
  await scene.render();
  for (const name of [first, second]) {
    await pullNext(scene, name);
    await report(scene, name, { status: 'applied' });
  }
  await scene.until('viewer', one, ({ json }) => json.state === 'done');
  await answers.ask('viewer', 'GET', one);
  await answers.ask('admin', 'POST', `${one}/finish`, { why: 'it is over' });
  await answers.ask('admin', 'GET', `${PATH}/${UNKNOWN_ID}`);
  await reloadBrokenFile(scene);
}

/** Changes the template that all polled nodes have. */
async function change(scene: Scene, interval: string): Promise<void> {
  const file = join(scene.templatesDir, 'ping.toml');
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace(/ping_interval = [\d.]+/, `ping_interval = ${interval}`));
  await scene.answers.ask('admin', 'POST', '/api/v1/device-templates/reload', { why: 'ping was changed' });
}

/** Waits until so many components are in a state, and keeps the id of the rollout. */
async function rendered(scene: Scene, state: 'held' | 'failed', count: number): Promise<void> {
  await scene.until('viewer', PATH, ({ json }) => {
    const [newest] = json.items as Rollout[];
    if (newest) scene.known.set('rollout', newest.id);
    return newest?.counts[state] === count;
  });
  scene.answers.normal.name(scene.get('rollout'), 'rollout');
}

/** Lists the collectors in the order of their turns. */
async function listTurns(scene: Scene): Promise<readonly ['north' | 'south', 'north' | 'south']> {
  const { json } = await scene.answers.answerTo('viewer', 'GET', `${PATH}/${scene.get('rollout')}`);
  const first = (json.components as { component_id: string; state: string }[]).find(
    ({ state }) => state !== 'held',
  );
  return first?.component_id === scene.get('north') ? ['north', 'south'] : ['south', 'north'];
}

/** Reloads with a file that is no template: it changes nothing, and the answer names it. */
async function reloadBrokenFile(scene: Scene): Promise<void> {
  const file = join(scene.templatesDir, 'broken.toml');
  await writeFile(file, 'slug = "broken"\nname = \n');
  await scene.answers.ask('admin', 'POST', '/api/v1/device-templates/reload', { why: 'a file is broken' });
  await writeFile(file, 'slug = "broken"\nname = "No inputs"\ngathered_by = "nobody"\n');
  await scene.answers.ask('admin', 'POST', '/api/v1/device-templates/reload', { why: 'another fault' });
}
