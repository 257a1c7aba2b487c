import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { access } from './public-answers/access.test-support.ts';
import { channels } from './public-answers/channels.test-support.ts';
import { components } from './public-answers/components.test-support.ts';
import { data } from './public-answers/data.test-support.ts';
import { delivery } from './public-answers/delivery.test-support.ts';
import { discovery } from './public-answers/discovery.test-support.ts';
import { documents, ownMetrics } from './public-answers/documents.test-support.ts';
import { doors, heads } from './public-answers/doors.test-support.ts';
import { escalation } from './public-answers/escalation.test-support.ts';
import { inventory } from './public-answers/inventory.test-support.ts';
import { maintenance } from './public-answers/maintenance.test-support.ts';
import { notices } from './public-answers/notices.test-support.ts';
import { rollouts } from './public-answers/rollouts.test-support.ts';
import { rules } from './public-answers/rules.test-support.ts';
import { Scene } from './public-answers/scene.test-support.ts';
import { topology } from './public-answers/topology.test-support.ts';

const GOLDEN = join(import.meta.dirname, 'public-answers/testcases');

/** In the order in which they happen: each chapter finds what those before it have made. */
describe('what the backend answers', () => {
  let scene: Scene;

  beforeAll(async () => {
    scene = await Scene.start();
  });
  afterAll(() => scene?.stop());

  const keep = (name: string, content: unknown) =>
    expect(`${JSON.stringify(content, null, 1)}\n`).toMatchFileSnapshot(join(GOLDEN, `${name}.json`));

  it.each([
    ['access', access],
    ['inventory', inventory],
    ['topology', topology],
    ['components', components],
    ['delivery', delivery],
    ['rollouts', rollouts],
    ['rules', rules],
    ['escalation', escalation],
    ['maintenance', maintenance],
    ['notices', notices],
    ['data', data],
    ['channels', channels],
    ['discovery', discovery],
    ['documents', documents],
  ])('is as it was: %s', async (name, chapter) => {
    const more: unknown = await chapter(scene);
    const answers = scene.answers.take();
    await keep(name, more === undefined ? { answers } : { answers, ...(more as object) });
  });

  it('is as it was: wrong callers, wrong words', async () => {
    await keep('doors', await doors(scene));
  });

  it('is as it was: own metrics', async () => {
    await keep('own-metrics', await ownMetrics(scene));
  });

  it('is as it was: HEAD, and the headers that all answers carry', async () => {
    const standing = [...scene.answers.standing.values()].map(({ name, headers }) => [name, headers]);
    await keep('headers', { standing: Object.fromEntries(standing), heads: await heads(scene) });
  });

  it('was asked of every route', () => {
    const { called, readable } = scene.answers;
    const missing = scene.backend.app.routes
      .filter(({ method, url }) => method !== 'HEAD' || readable.has(url))
      .map(({ method, url }) => `${method} ${url}`)
      .filter((route) => !called.has(route));
    expect(missing).toEqual([]);
    expect(called.size).toBeGreaterThan(100);
  });
});
