import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type DeviceSpec, MibImage, networkDeviceObjects, type Plant, startPlant } from '@stratora/simulator';
import { readSnmprec } from '@stratora/snmp';
import { AGENTS, SNMPD_USERS, V3_USERS } from '../devices/agents.ts';
import { GROWING_ROWS, growingObjects, tableObjects } from '../devices/awkward-tables.ts';
import { ODD_VALUES, valueObjects } from '../devices/awkward-values.ts';

const SNMP_PORT = 161;
const GROWS_AFTER_MS = 12_000;

/** Starts all devices of the stage, simulated, recorded and real, each at an address of its own. */
export async function startSnmpDevices(
  captures: Readonly<Record<string, string>>,
): Promise<{ stop: () => Promise<void>; missing: string[] }> {
  const values = new MibImage(valueObjects());
  const tables = new MibImage(tableObjects());
  const standing = new MibImage(standingSwitch());
  const at = (address: string, image: MibImage, more: Partial<DeviceSpec> = {}): DeviceSpec => ({
    address,
    image,
    ...more,
  });
  const odd = new MibImage(
    standingSwitch().map((object) => {
      const sent = ODD_VALUES[object.oid];
      return sent === undefined ? object : { ...object, sent: Buffer.from(sent, 'hex') };
    }),
  );
  const { hostile, ...plain } = AGENTS;
  const plant = await startPlant({
    port: SNMP_PORT,
    // Counters of the synthetic switches stand still.
    nowMs: () => 1_790_000_000_000,
    devices: [
      at(plain.values, values),
      at(plain.tables, tables),
      at(plain.community, standing, { community: 'secret $HOME "x"' }),
      at(plain.silent, standing, { behaviour: { kind: 'dead' } }),
      at(plain.lossy, standing, { behaviour: { kind: 'lossy', every: 5 } }),
      at(plain.slow, standing, { behaviour: { kind: 'slow', delayMs: 60 } }),
      at(plain.tooBig, standing, { behaviour: { kind: 'tooBig', varbinds: 3 } }),
      at(plain.cut, standing, { behaviour: { kind: 'cut', varbinds: 2 } }),
      at(plain.smallAnswers, standing, { maxReplyBytes: 600 }),
      at(plain.version3, standing, { community: '', users: V3_USERS }),
      at(plain.ipv6, standing),
      at(plain.oddValues, odd),
      at(plain.noBulk, standing, { behaviour: { kind: 'noBulk', by: 'error' } }),
      at(plain.unordered, standing, { behaviour: { kind: 'unordered', indexes: [1, 5, 3, 7] } }),
      at(plain.shortIds, standing, { behaviour: { kind: 'shortIds', bits: 16 } }),
      at(plain.badColumn, standing, {
        behaviour: { kind: 'badColumn', oid: '1.3.6.1.2.1.2.2.1.10', isNamed: true },
      }),
      at(plain.badRow, standing, {
        behaviour: { kind: 'badRow', oid: '1.3.6.1.2.1.2.2.1.10.2', status: 2 },
      }),
      ...Object.entries(hostile).map(([kind, address]) =>
        at(address, standing, { behaviour: { kind: kind as keyof typeof hostile } }),
      ),
    ],
  });
  const recorded = await startPlant({ port: SNMP_PORT, devices: await readCaptures(captures) });
  const stopGrowing = await startGrowing();
  const snmpd = await startSnmpd();
  return {
    missing: snmpd === undefined ? ['snmpd'] : [],
    stop: async () => {
      await Promise.all([plant.stop(), recorded.stop()]);
      await stopGrowing();
      await snmpd?.();
    },
  };
}

/** Starts the growing device: after a while it is replaced by one with the same rows and thousands more. */
async function startGrowing(): Promise<() => Promise<void>> {
  const open = (rows: number): Promise<Plant> =>
    startPlant({
      port: SNMP_PORT,
      devices: [{ address: AGENTS.growing, image: new MibImage(growingObjects(rows)) }],
    });
  let plant = await open(GROWING_ROWS.first);
  const timer = setTimeout(() => {
    void plant.stop().then(async () => {
      plant = await open(GROWING_ROWS.later);
    });
  }, GROWS_AFTER_MS);
  return async () => {
    clearTimeout(timer);
    await plant.stop();
  };
}

function standingSwitch() {
  return networkDeviceObjects({ ports: 6, variant: 3 });
}

async function readCaptures(captures: Readonly<Record<string, string>>): Promise<DeviceSpec[]> {
  return Promise.all(
    Object.entries(captures).map(async ([address, file]) => {
      const { objects } = readSnmprec(await readFile(file, 'utf8'));
      return { address, image: new MibImage(objects) };
    }),
  );
}

/** Starts net-snmp's agent; undefined where it is not installed. */
async function startSnmpd(): Promise<(() => Promise<void>) | undefined> {
  const binary = ['/usr/sbin/snmpd', '/usr/local/sbin/snmpd', '/usr/bin/snmpd'].find((path) =>
    existsSync(path),
  );
  if (binary === undefined) return undefined;
  const folder = await mkdtemp(join(tmpdir(), 'stratora-snmpd-'));
  const config = [
    `agentaddress udp:${AGENTS.snmpd}:${SNMP_PORT}`,
    'rocommunity public',
    'sysName real.test',
    'sysLocation "rack 4, shelf = 2"',
    'sysContact ops@web.test',
    'sysServices 72',
    'extend conformance /bin/echo one two',
    ...SNMPD_USERS.flatMap(({ create, level, name }) => [`createUser ${create}`, `rouser ${name} ${level}`]),
  ];
  await writeFile(join(folder, 'snmpd.conf'), `${config.join('\n')}\n`);
  let printed = '';
  const child = spawn(
    binary,
    ['-f', '-Lo', '-C', '-c', join(folder, 'snmpd.conf'), '-p', join(folder, 'pid')],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, MIBS: '', SNMP_PERSISTENT_DIR: folder },
    },
  );
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  for (let round = 0; round < 100 && !printed.includes('NET-SNMP version'); round += 1) {
    if (child.exitCode !== null) throw new Error(`snmpd ended: ${printed}`);
    await sleep(50);
  }
  return async () => {
    child.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  };
}
