import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  findBinary,
  inNamespace,
  NetworkLab,
  NODE,
  REPOSITORY,
  RemotePlant,
  waitFor,
} from '@stratora/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FakeComponent } from '../../packages/engine/src/engine-fixtures.test-support.ts';

const DEVICE = 'fe80::77';
const ZONE = 'eth7';
/** Named like those of a lab, which removes what a run that was killed has left. */
const [NEAR, FAR] = [`stlab-${process.pid}-near`, `stlab-${process.pid}-far`];

function ip(...args: string[]): string {
  const { status, stdout, stderr } = spawnSync('ip', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`ip ${args.join(' ')}: ${stderr.trim()}`);
  return stdout;
}

/** Makes two hosts at the ends of one cable, which have no addresses but those of the link. */
function connectHosts(): void {
  for (const namespace of [NEAR, FAR]) {
    ip('netns', 'add', namespace);
    ip('-n', namespace, 'link', 'set', 'lo', 'up');
  }
  ip('-n', NEAR, 'link', 'add', ZONE, 'type', 'veth', 'peer', 'name', 'far0', 'netns', FAR);
  for (const [namespace, link, address] of [
    [NEAR, ZONE, 'fe80::1'],
    [FAR, 'far0', DEVICE],
  ] as const) {
    ip('-n', namespace, 'link', 'set', link, 'addrgenmode', 'none');
    ip('-n', namespace, 'link', 'set', link, 'up');
    ip('-n', namespace, '-6', 'addr', 'add', `${address}/64`, 'dev', link, 'nodad');
  }
}

describe.skipIf(!NetworkLab.isPossible())('a device that has a link-local address alone', () => {
  let plant: RemotePlant;
  let component: FakeComponent;
  let engine: ChildProcess;
  let zones: Readonly<Record<string, string>>;

  beforeAll(async () => {
    connectHosts();
    const index = /^(\d+):/.exec(ip('-n', NEAR, '-o', 'link', 'show', ZONE))?.[1] ?? '';
    zones = { name: `%${ZONE}`, number: `%${index}`, escaped: `%25${ZONE}` };
    plant = await RemotePlant.start({ devices: [{ address: '::' }], port: 0, ports: 1 }, FAR);
    component = await FakeComponent.create();
    await component.start();
    const blocks = Object.entries(zones).map(
      ([spelling, zone]) => `
[[inputs.snmp]]
agents = ["udp://[${DEVICE}${zone}]:${plant.port}"]
community = "public"
timeout = "5s"
name = "sys"
field = [{ name = "uptime", oid = "1.3.6.1.2.1.1.3.0" }]
[inputs.snmp.tags]
spelling = "${spelling}"
[[inputs.ping]]
urls = ["${DEVICE}${zone}"]
count = 1
[inputs.ping.tags]
spelling = "${spelling}"
`,
    );
    const file = join(component.folder, 'telegraf.conf');
    const agent = '[agent]\ninterval = "2s"\nflush_interval = "1s"\nomit_hostname = true\n';
    await writeFile(file, `${agent}${blocks.join('')}${component.output}`);
    const [command, args] = inNamespace(NEAR, NODE, [
      join(REPOSITORY, 'dist/stratora.mjs'),
      'engine',
      'run',
      '--config',
      file,
    ]);
    engine = spawn(command, args, { stdio: 'ignore' });
  });
  afterAll(async () => {
    if (engine?.exitCode === null && engine.signalCode === null) {
      const gone = once(engine, 'exit');
      engine.kill();
      await gone;
    }
    await component?.remove();
    await plant?.stop();
    for (const namespace of [NEAR, FAR]) spawnSync('ip', ['netns', 'del', namespace]);
  });

  const linesOf = (name: string, spelling: string) =>
    component.lines.filter((line) => line.startsWith(`${name},`) && line.includes(`spelling=${spelling}`));

  it.each(['name', 'number', 'escaped'])(
    'is polled in its zone, which is written by its %s',
    async (spelling) => {
      await waitFor(() => linesOf('sys', spelling).length > 0, {
        timeoutMs: 60_000,
        what: 'a value of the device',
      });
      const [line = ''] = linesOf('sys', spelling);
      expect(line).toMatch(/ uptime=\d{6,}i? \d+$/);
    },
  );

  it.skipIf(findBinary('fping') === undefined)('answers to ping in its zone', async () => {
    await waitFor(
      () =>
        ['name', 'number', 'escaped'].every((spelling) =>
          linesOf('ping', spelling).some((line) => line.includes('packets_received=1i')),
        ),
      { timeoutMs: 60_000, what: 'answers to ping' },
    );
  });
});
