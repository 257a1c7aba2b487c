import type { Node, RegisterResponse } from '@stratora/contract';
import { defaultToolCacheDir, locateTelegraf } from '@stratora/launcher';
import type { Behaviour } from '@stratora/simulator';
import { ENGINE_COMMAND, RemotePlant, startBackend, type TestBackend, waitFor } from '@stratora/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EngineRace, type RaceFigures, raceEngine } from './engine-race.ts';
import { showTable } from './measured-table.ts';

/**
 * Size of the plant by STRATORA_TEST_PLANT_DEVICES, _INTERVALS: 500 and 30 are the promise's own case, one engine after
 * the other, and the deep run's.
 */
const DEVICES = Number(process.env['STRATORA_TEST_PLANT_DEVICES'] ?? 100);
const INTERVALS = Number(process.env['STRATORA_TEST_PLANT_INTERVALS'] ?? 2);
const INTERVAL_MS = 10_000;
const PORTS = 24;
/** Measurements that the template reads every interval; sensors and clocks come more seldom. */
const MEASUREMENTS = ['interface', 'ping', 'raw_hr_processor', 'raw_hr_storage', 'raw_snmp_system'];
/** Faults of hostile devices; one device of the plant has each. */
const HOSTILE: readonly Behaviour['kind'][] = ['endless', 'wrongId', 'oversize', 'garbage', 'spoofed'];
/** Returns the address of a device, below 127.90, which no other test uses. */
const address = (at: number) => `127.90.${Math.floor(at / 250)}.${(at % 250) + 1}`;

function behaviourOf(at: number): Behaviour | undefined {
  if (at % 10 === 3) return { kind: 'dead' };
  if (at % Math.floor(DEVICES / HOSTILE.length) !== 5) return undefined;
  return { kind: HOSTILE[Math.floor(at / Math.floor(DEVICES / HOSTILE.length))] } as Behaviour;
}

describe('a plant with dead and hostile devices', () => {
  let plant: RemotePlant;
  let text = '';
  const good: string[] = [];
  const figures: RaceFigures[] = [];

  beforeAll(async () => {
    const devices = Array.from({ length: DEVICES }, (_, at) => {
      const behaviour = behaviourOf(at);
      return { address: address(at), ...(behaviour ? { behaviour } : {}) };
    });
    plant = await RemotePlant.start({ devices, port: 0, ports: PORTS });
    const backend = await startBackend();
    try {
      text = await render(backend);
    } finally {
      await backend.stop();
    }
  }, 300_000);
  afterAll(async () => {
    await plant?.stop();
  });

  /** Renders the config that the server gives a collector for these devices. */
  async function render(backend: TestBackend): Promise<string> {
    const { token } = (await backend.admin('POST', '/api/v1/enrollment-tokens', { auto_approve: true })) as {
      token: string;
    };
    const registered = await backend.call('POST', '/api/v1/components/register', {
      body: {
        enrollment_token: token,
        component_type: 'collector',
        hostname: 'plant',
        version: '1',
        os: 'linux',
        arch: 'x64',
      },
    });
    const { component_id: collectorId, api_key: key } = registered.json as RegisterResponse;
    const { id: credentialId } = (await backend.admin('POST', '/api/v1/credentials', {
      name: 'public',
      type: 'snmp_v2c',
      secret: { community: 'public' },
    })) as { id: string };
    for (let at = 0; at < DEVICES; at += 1) {
      const node = (await backend.admin('POST', '/api/v1/nodes', {
        name: `switch-${at}`,
        ip_address: address(at),
        node_type: 'switch',
        template: 'generic-snmp',
        collector_id: collectorId,
        snmp_port: plant.port,
      })) as Node;
      await backend.admin('PUT', `/api/v1/nodes/${node.id}/credentials/snmp`, {
        credential_id: credentialId,
      });
      if (!behaviourOf(at)) good.push(node.id);
    }
    return waitFor(
      async () => {
        const answer = await backend.call('GET', `/api/v1/remote-collectors/${collectorId}/config`, { key });
        const polled = new Set(answer.text.match(/community = "public"/g)).size > 0;
        const all = good.every((id) => answer.text.includes(id));
        return answer.status === 200 && polled && all && answer.text;
      },
      { timeoutMs: 60_000, what: 'a config for all' },
    );
  }

  it(
    'keeps 99.9 % of the samples of all others, with either engine',
    async (context) => {
      const telegraf = await locateTelegraf({
        binary: process.env['STRATORA_TELEGRAF_BIN'],
        searchPath: process.env['PATH'] ?? '',
        cacheDir: process.env['STRATORA_TOOL_CACHE'] ?? defaultToolCacheDir(process.env),
      });
      if (!telegraf && process.env['CI']) throw new Error('there is no Telegraf; CI must have it');
      const race = {
        text,
        nodes: good,
        intervalMs: INTERVAL_MS,
        intervals: INTERVALS,
        measurements: MEASUREMENTS,
      };
      const races: EngineRace[] = [
        { ...race, name: 'embedded', command: [...ENGINE_COMMAND, 'run', '--config'] },
      ];
      if (telegraf) races.push({ ...race, name: 'Telegraf', command: [telegraf.path, '--config'] });
      if (DEVICES > 200) for (const each of races) figures.push(await raceEngine(each));
      else figures.push(...(await Promise.all(races.map(raceEngine))));
      showTable('hostile-plant', figures.map(rowOf), [
        `${DEVICES} devices of ${PORTS} ports: ${good.length} good, the others dead or hostile (${HOSTILE.join(', ')})`,
        `${INTERVALS} intervals of ${INTERVAL_MS / 1000} s, ${DEVICES > 200 ? 'one engine after the other' : 'both engines at once'}`,
        `lines of one good device and interval: ${JSON.stringify(figures[0]?.shape)}`,
      ]);
      for (const { name, share } of figures) {
        expect(share.expected, name).toBeGreaterThan(0);
        if (name === 'embedded') expect(share.kept / share.expected, name).toBeGreaterThanOrEqual(0.999);
      }
      context.skip(!telegraf, 'no Telegraf is found: the embedded engine was alone');
    },
    400_000 + 6 * INTERVALS * INTERVAL_MS,
  );
});

function rowOf({ name, share, processorSeconds: used, residentMiB }: RaceFigures) {
  return {
    engine: name,
    'kept %': Math.round((1e5 * share.kept) / share.expected) / 1000,
    'lines kept': share.kept,
    expected: share.expected,
    'good devices without a hole': `${share.whole} of ${share.devices}`,
    'CPU s': Math.round(used * 10) / 10,
    'RSS MiB': Math.round(residentMiB),
  };
}
