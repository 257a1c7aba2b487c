import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { instanceName } from '../rules/index.ts';
import { AlertScene, ofNode } from './alert-scene.test-support.ts';

const MIGRATION = join(import.meta.dirname, '../../../migrations/0041_interface_instances.sql');
const PORT = { ifDescr: 'GigabitEthernet1/0/7', ifName: 'Gi1/0/7', ifType: '6' };
const OLD = { ...PORT, ifAlias: 'desk', ifIndex: '7' };
const OLD_INSTANCE = 'desk:GigabitEthernet1/0/7:7:Gi1/0/7:6';
const NEW_INSTANCE = instanceName(PORT, null);

describe('alerts of interfaces from before their ifIndex and ifAlias were no names', () => {
  let scene: AlertScene;
  let node: string;

  beforeAll(async () => {
    scene = await AlertScene.start();
    node = await scene.addNode('core');
  });
  afterAll(() => scene?.stop());

  async function remember(instance: string, labels: Record<string, string>): Promise<void> {
    await sql`INSERT INTO alert_states (family, subject, instance, phase, severity, since, seen_good, missing, changes,
      unstable, clear, started_at, fired_at, labels)
      VALUES ('test_cpu', ${node}, ${instance}, 'firing', 'warning', 1, true, false, '{}', false, false, now(), 1,
        ${JSON.stringify(labels)}::jsonb)`.execute(scene.db);
  }

  async function migrated() {
    await sql.raw(await readFile(MIGRATION, 'utf8')).execute(scene.db);
    const states = await sql<{
      instance: string;
    }>`SELECT instance FROM alert_states ORDER BY instance`.execute(scene.db);
    const { items } = await scene.list('state=active&limit=500');
    return {
      states: states.rows.map(({ instance }) => instance),
      alerts: items.map((alert) => `${alert.instance} ${alert.alert_key}`).toSorted(),
    };
  }

  it('stay the same alerts under the instance that their series have now', async () => {
    const fire = (instance: string, labels: Record<string, string>) =>
      scene.apply([scene.trigger(ofNode(node, `test_cpu:${instance}`), { labels })]);
    // One of a definition without instance labels, one that names its own, one of a port without a name, and a disk.
    const others: [string, Record<string, string>][] = [
      ['Gi1/0/7', OLD],
      ['9', { ifIndex: '9' }],
      ['/var', { path: '/var' }],
    ];
    for (const [instance, labels] of [[OLD_INSTANCE, OLD], ...others] as typeof others) {
      await fire(instance, labels);
      await remember(instance, labels);
    }
    const kept = others.map(([instance]) => instance);
    const after = await migrated();
    expect(after.states).toEqual([...kept, NEW_INSTANCE].toSorted());
    expect(after.alerts).toEqual(
      [...kept, NEW_INSTANCE].map((name) => `${name} test_cpu:${name}`).toSorted(),
    );
    expect(await migrated()).toEqual(after);
  });

  it('of two interfaces of one name are not made one', async () => {
    const twin = { ...OLD, ifIndex: '8', ifAlias: 'other' };
    const instance = 'other:GigabitEthernet1/0/7:8:Gi1/0/7:6';
    await remember(instance, twin);
    expect((await migrated()).states).toContain(instance);
  });
});
