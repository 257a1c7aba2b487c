import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AlertScene, ofNode, ofSystem } from './alert-scene.test-support.ts';
import type { PrometheusAlert, PrometheusGroup } from './prometheus-form.ts';

const PREFIX = '/api/v1/prometheus/api/v1';

describe('what Grafana sees of rules and alerts', () => {
  let scene: AlertScene;
  let viewer: string;
  let node: string;
  let heard: string;

  beforeAll(async () => {
    scene = await AlertScene.start();
    viewer = await scene.addUser('viewer');
    node = await scene.addNode('press-07');
    heard = await scene.addDefinition({
      slug: 'test_heard',
      name: 'Heard of tests',
      expr: null,
      warning: null,
      critical: null,
    });
    await scene.addDefinition({ slug: 'test_off', name: 'Off in tests', enabled: false });
  });
  afterAll(() => scene?.stop());
  beforeEach(() => scene.clear());

  async function get<T>(path: string): Promise<T> {
    const answer = await scene.backend.call('GET', PREFIX + path, { token: viewer });
    expect(answer.status).toBe(200);
    const { status, data } = answer.json as { status: string; data: T };
    expect(status).toBe('success');
    return data;
  }
  const rules = async (query = '') =>
    (await get<{ groups: PrometheusGroup[] }>(`/rules?${query}`)).groups.flatMap((group) =>
      group.rules.map((rule) => ({ group: group.name, ...rule })),
    );
  const own = async (query = '') => (await rules(query)).filter(({ name }) => name.startsWith('test_'));

  it('is with a viewer’s token what is defined, and what is active', async () => {
    await scene.apply([
      scene.trigger(ofNode(node), { labels: { cpu: 'cpu-total' } }),
      scene.trigger(ofSystem('test_heard'), { definitionId: heard, query: '', text: 'not heard of' }),
    ]);
    const { alerts } = await get<{ alerts: PrometheusAlert[] }>('/alerts');
    // Both began at once, so that chance orders them.
    const nameOf = ({ labels }: PrometheusAlert) => labels['alertname'] ?? '';
    expect(alerts.toSorted((x, y) => nameOf(x).localeCompare(nameOf(y)))).toMatchObject([
      {
        labels: {
          alertname: 'test_cpu',
          severity: 'warning',
          node_name: 'press-07',
          cpu: 'cpu-total',
          site: 'Default',
        },
        state: 'firing',
        value: '9.15e+01',
      },
      { labels: { alertname: 'test_heard' }, annotations: { summary: 'not heard of' } },
    ]);
    const found = await own();
    expect(found.map(({ group, name, labels, state }) => [group, name, labels['severity'], state])).toEqual([
      ['heartbeat', 'test_heard', 'critical', 'firing'],
      ['metric', 'test_cpu', 'warning', 'firing'],
      ['metric', 'test_cpu', 'critical', 'inactive'],
    ]);
    expect(found[1]).toMatchObject({ query: '(cpu_usage_percent) > 90', alerts: [{ state: 'firing' }] });
  });

  it('has infinite values as Prometheus writes them', async () => {
    await scene.apply([scene.trigger(ofNode(node), { value: Number.POSITIVE_INFINITY })]);
    const { alerts } = await get<{ alerts: PrometheusAlert[] }>('/alerts');
    expect(alerts.map(({ value }) => value)).toEqual(['+Inf']);
  });

  it('is chosen by the parameters of Prometheus', async () => {
    await scene.apply([scene.trigger(ofNode(node))]);
    const names = async (query: string) => [...new Set((await own(query)).map(({ name }) => name))];
    expect(await rules('type=record')).toEqual([]);
    expect(await names('type=alert')).toEqual(['test_heard', 'test_cpu']);
    expect(await names('rule_name[]=test_cpu&rule_name[]=other')).toEqual(['test_cpu']);
    expect(await names('rule_group[]=heartbeat')).toEqual(['test_heard']);
    expect(await names('file[]=elsewhere')).toEqual([]);
    expect((await own('exclude_alerts=true'))[1]).not.toHaveProperty('alerts');
  });

  it('is nothing without a login', async () => {
    for (const path of ['/rules', '/alerts'])
      expect((await scene.backend.call('GET', PREFIX + path)).status).toBe(401);
  });
});
