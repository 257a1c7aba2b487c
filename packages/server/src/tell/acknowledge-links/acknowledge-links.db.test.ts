import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AlertScene, ofNode } from '../../judge/alerts/alert-scene.test-support.ts';
import { writeToken } from './acknowledge-token.ts';

const HOUR_SECONDS = 3600;
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

describe('the link by which an alert is acknowledged', () => {
  let scene: AlertScene;
  let node: string;
  beforeAll(async () => {
    scene = await AlertScene.start();
    node = await scene.addNode('<script>press</script>');
  });
  afterAll(() => scene?.stop());

  /** Path of a link for an alert, as whoever was told of it has it. */
  function linkTo(alertId: string, holdsSeconds = HOUR_SECONDS): string {
    const expiresAt = Math.floor(Date.now() / 1000) + holdsSeconds;
    const claim = { alertId, recipient: 'o"n&<b>call@example.com', expiresAt };
    return `/api/v1/acknowledge/${writeToken(claim, scene.backend.app.modules.secrets.linkKey)}`;
  }
  async function begin(alertKey: string): Promise<string> {
    await scene.apply([scene.trigger(ofNode(node, alertKey))]);
    return (await scene.active(ofNode(node, alertKey))).id;
  }
  const open = (path: string) => scene.backend.call('GET', path);
  const press = (path: string) => scene.backend.call('POST', path, { headers: FORM, raw: '' });

  it('shows a page and changes nothing, however often it is opened', async () => {
    const id = await begin('test_cpu:open');
    for (let round = 0; round < 5; round += 1) {
      const { status, headers, text } = await open(linkTo(id));
      expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([
        200,
        'text/html; charset=utf-8',
        'no-store',
      ]);
      expect(text).toContain('<form method="post">');
      expect(text).toContain('&lt;script&gt;press&lt;/script&gt;');
      expect(text).not.toMatch(/<script|<b>/);
    }
    expect((await scene.backend.call('HEAD', linkTo(id))).status).toBe(200);
    expect((await scene.detail(id)).acknowledged).toBeNull();
  });

  it('acknowledges by its button, once, in the name of whoever got it', async () => {
    const id = await begin('test_cpu:press');
    const path = linkTo(id);
    const done = await press(path);
    expect([done.status, done.text.includes('<h1>Acknowledged</h1>')]).toEqual([200, true]);
    const by = 'o"n&<b>call@example.com (by link)';
    const { acknowledged, timeline } = await scene.detail(id);
    expect(acknowledged?.by).toBe(by);
    expect(timeline.at(-1)).toMatchObject({ event: 'acknowledged', actor: by });
    const again = await press(path);
    expect([again.status, again.text.includes('<form')]).toEqual([200, false]);
    expect((await open(path)).text).toContain('This alert is acknowledged');
    expect((await scene.detail(id)).timeline).toHaveLength(timeline.length);
    const { items } = await scene.backend.admin('GET', '/api/v1/audit-log?search=alert.acknowledge&limit=1');
    expect(items[0]).toMatchObject({ action: 'alert.acknowledge', actor: by });
  });

  it('is of no use once the alert is over', async () => {
    const id = await begin('test_cpu:over');
    await scene.apply([
      scene.change(ofNode(node, 'test_cpu:over'), 'resolve', { value: 1, reason: undefined }),
    ]);
    for (const { status, text } of [await open(linkTo(id)), await press(linkTo(id))])
      expect([status, text.includes('This alert is over'), text.includes('<form')]).toEqual([
        200,
        true,
        false,
      ]);
  });

  it('says in words what is wrong with one that is expired, cut, or of an alert that is gone', async () => {
    const id = await begin('test_cpu:wrong');
    const wrong: [string, string][] = [
      [linkTo(id, -5), 'This link has expired'],
      [linkTo(id).slice(0, -3), 'This link is not valid'],
      ['/api/v1/acknowledge/abc', 'This link is not valid'],
      [linkTo('01970000-0000-7000-8000-000000000000'), 'This alert is gone'],
    ];
    for (const [path, title] of wrong)
      for (const { status, text } of [await open(path), await press(path)])
        expect([status, text.includes(`<h1>${title}</h1>`), text.includes('<form')]).toEqual([
          404,
          true,
          false,
        ]);
    const program = await scene.backend.call('GET', linkTo(id, -5), {
      headers: { accept: 'application/json' },
    });
    expect([program.status, program.json]).toMatchObject([404, { code: 'not_found' }]);
    expect((await scene.detail(id)).acknowledged).toBeNull();
  });
});
