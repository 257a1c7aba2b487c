import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Component, Node, NodeDetail } from '@stratora/contract';
import { defaultToolCacheDir, locateTelegraf } from '@stratora/launcher';
import { loopbackAddresses, type Plant, runSimulator } from '@stratora/simulator';
import { RemoteComponent, StratoraSystem, waitFor } from '@stratora/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const telegraf = await locateTelegraf({
  binary: process.env['STRATORA_TELEGRAF_BIN'],
  searchPath: process.env['PATH'] ?? '',
  cacheDir: process.env['STRATORA_TOOL_CACHE'] ?? defaultToolCacheDir(process.env),
});
if (telegraf === undefined && process.env['CI']) throw new Error('there is no Telegraf on this machine');

describe.skipIf(telegraf === undefined)('a collector with Telegraf', () => {
  let folder: string;
  let binary: string;
  let system: StratoraSystem;
  let collector: RemoteComponent;
  let component: Component;
  let device: Plant;
  let credentialId: string;
  let nodeId: string;
  let deadId: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stratora-telegraf-'));
    // The program is a copy, which a test may break.
    binary = join(folder, 'telegraf');
    await cp(telegraf?.path ?? '', binary);
    system = await StratoraSystem.start();
    collector = await RemoteComponent.start(system, 'collector', 'hall-with-telegraf', {
      environment: { STRATORA_TELEGRAF_BIN: binary },
    });
    component = await collector.registered(system);
    device = await runSimulator({ devices: 1, firstAddress: '127.9.0.1', ports: 4, port: 0 });
    ({ id: credentialId } = await system.api.post<{ id: string }>('/api/v1/credentials', {
      name: 'plant',
      type: 'snmp_v2c',
      enabled: true,
      secret: { community: 'public' },
    }));
  }, 120_000);
  afterAll(async () => {
    await collector?.dispose();
    await system?.dispose();
    await device?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  function look(): Promise<Component> {
    return system.api.get<Component>(`/api/v1/components/${component.id}`);
  }

  async function choose(choice: 'auto' | 'telegraf' | 'embedded'): Promise<void> {
    await system.api.expect('PATCH', `/api/v1/components/${component.id}`, { engine_choice: choice });
  }

  async function addDevice(name: string, address: string, port: number): Promise<string> {
    const { id } = await system.api.post<Node>('/api/v1/nodes', {
      name,
      ip_address: address,
      node_type: 'switch',
      template: 'generic-snmp',
      snmp_port: port,
      collector_id: component.id,
    });
    await system.api.put(`/api/v1/nodes/${id}/credentials/snmp`, { credential_id: credentialId });
    return id;
  }

  async function runs(kind: 'telegraf' | 'embedded'): Promise<Component> {
    return waitFor(
      async () => {
        const now = await look();
        const isCurrent = now.running_config_hash === now.desired_config_hash;
        return (
          now.engine?.kind === kind &&
          now.engine.running &&
          isCurrent &&
          now.config_status === 'applied' &&
          now
        );
      },
      { timeoutMs: 120_000, what: `the ${kind} engine` },
    );
  }

  /** Waits until the embedded engine runs, and the collector says why: that it runs may be told before the reason. */
  function saysOfEmbedded(words: string): Promise<Component> {
    return waitFor(
      async () => {
        const now = await runs('embedded');
        return now.config_message?.includes(words) === true && now;
      },
      { timeoutMs: 60_000, what: `the embedded engine, and "${words}"` },
    );
  }

  it('rests while it has nothing to poll, which says nothing about Telegraf', async () => {
    const idle = await waitFor(
      async () => {
        const now = await look();
        return now.engine?.idle === true && now.running_config_hash === now.desired_config_hash && now;
      },
      { timeoutMs: 60_000, what: 'an engine that rests' },
    );
    expect(idle).toMatchObject({
      engine: { kind: 'telegraf', running: false },
      config_status: 'applied',
      config_message: null,
    });
    expect(collector.printed).not.toContain('no inputs found');
  });

  it('is given what to poll, and takes Telegraf because it is there', async () => {
    const [address = '', silent = ''] = loopbackAddresses('127.9.0.1', 2);
    nodeId = await addDevice('press-07', address, device.port);
    deadId = await addDevice('press-08', silent, device.port);
    const { engine } = await runs('telegraf');
    expect(engine?.version).toMatch(/^\d+\.\d+\.\d+$/);
    const samples = await waitFor(
      async () => {
        const found = await system.api.query(`interface_ifHCInOctets{node_id="${nodeId}"}`);
        return found.length > 0 && found;
      },
      { timeoutMs: 90_000, what: 'counters through Telegraf' },
    );
    expect(samples[0]?.metric).toMatchObject({ node_name: 'press-07', collector_id: component.id });
    await waitFor(
      async () => {
        const { collection } = await system.api.get<NodeDetail>(`/api/v1/nodes/${nodeId}`);
        return collection.find(({ input }) => input === 'snmp')?.status === 'ok';
      },
      { timeoutMs: 90_000, what: 'a good status of the device' },
    );
    await waitFor(
      async () => {
        const { collection } = await system.api.get<NodeDetail>(`/api/v1/nodes/${deadId}`);
        const status = collection.find(({ input }) => input === 'snmp')?.status;
        return status === 'timeout' || status === 'refused';
      },
      { timeoutMs: 90_000, what: 'a bad status of the silent device' },
    );
  }, 480_000);

  it('goes over to the embedded engine and back, as asked', async () => {
    await choose('embedded');
    await runs('embedded');
    await choose('telegraf');
    await runs('telegraf');
  }, 300_000);

  it('goes back to what ran before when Telegraf ends at its start', async () => {
    await choose('embedded');
    const before = await runs('embedded');
    await writeFile(
      binary,
      '#!/bin/sh\ncase "$1" in version) echo "Telegraf 1.99.0";; config) exit 0;; *) echo "E! cannot start" >&2; exit 1;; esac\n',
      { mode: 0o755 },
    );
    await choose('telegraf');
    const after = await waitFor(
      async () => {
        const now = await look();
        return now.config_status === 'rolled_back' && now.engine?.running && now;
      },
      { timeoutMs: 120_000, what: 'a rollback' },
    );
    expect(after.engine?.kind).toBe('embedded');
    expect(after.running_config_hash).toBe(before.running_config_hash);
    expect(after.config_message).toContain('cannot start');
  }, 300_000);

  it('takes the embedded engine by itself when a Telegraf that nobody named ends, until the binary changes', async () => {
    await choose('auto');
    const after = await saysOfEmbedded('cannot start');
    await addDevice('press-09', loopbackAddresses('127.9.0.1', 3)[2] ?? '', device.port);
    await waitFor(async () => (await look()).desired_config_hash !== after.desired_config_hash, {
      timeoutMs: 60_000,
      what: 'another config',
    });
    await saysOfEmbedded('until its binary changes');
    await rm(binary);
    await cp(telegraf?.path ?? '', binary);
    await addDevice('press-10', loopbackAddresses('127.9.0.1', 4)[3] ?? '', device.port);
    const healed = await runs('telegraf');
    expect(healed.config_message).toBeNull();
  }, 480_000);
});
