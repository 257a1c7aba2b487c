import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { startDnsServer } from './dns-server.ts';
import { EngineChild } from './engine-child.ts';
import { writeInventedHost } from './invented-host.ts';
import { writeOddHost } from './odd-host.ts';
import { preparePrivateHost } from './private-host.ts';
import { startVcenter } from './simulated-vcenter.ts';
import type { StageResult, StageSpec } from './stage-spec.ts';
import { startSystemBus } from './system-bus.ts';
import { startWebServers } from './web-servers.ts';

// This process runs in network, mount, process and host name namespaces of its own: everything that it makes ends with
// it.
const [, , specFile = '', resultFile = ''] = process.argv;
const spec = JSON.parse(readFileSync(specFile, 'utf8')) as StageSpec;
preparePrivateHost(spec.folder);
writeInventedHost(spec.folder);
writeOddHost(spec.folder);

const stops: (() => unknown)[] = [];
stops.push(await startDnsServer());
stops.push(await startWebServers(spec.folder));
if (spec.vcsim !== undefined) stops.push(await startVcenter(spec.folder, spec.vcsim));
const devices = new Worker(new URL('snmp-worker.ts', import.meta.url), { workerData: spec.captures });
const [missing] = (await once(devices, 'message')) as [string[]];
stops.push(() => devices.terminate());
const bus = await startSystemBus();
if (bus !== undefined) stops.push(bus.stop);

const engines = await Promise.all(spec.runs.map(startRun));
await sleep(spec.durationMs);
const outputs = await Promise.all(
  engines.map(async ({ name, telegraf, embedded }) => {
    const [a, b] = await Promise.all([telegraf.stop(), embedded.stop()]);
    return [name, { telegraf: a, embedded: b }] as const;
  }),
);
const result: StageResult = {
  runs: Object.fromEntries(outputs),
  missing: [
    ...missing,
    ...(bus === undefined ? ['dbus-daemon'] : []),
    ...(spec.vcsim === undefined ? ['vcsim'] : []),
  ],
};
writeFileSync(resultFile, JSON.stringify(result));
for (const stop of stops.toReversed()) await stop();
process.exit(0);

async function startRun(run: StageSpec['runs'][number]) {
  const folder = join(spec.folder, run.name.replaceAll(' ', '-'));
  await mkdir(folder);
  const environment = {
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    // The stage's own roots, at which a chain may end, for Go and for Node.
    SSL_CERT_FILE: join(spec.folder, 'roots.pem'),
    NODE_EXTRA_CA_CERTS: join(spec.folder, 'roots.pem'),
    ...(bus === undefined ? {} : { DBUS_SYSTEM_BUS_ADDRESS: bus.address }),
    ...Object.fromEntries(Object.entries(run.environment).map(([name, value]) => [name, inFolder(value)])),
  };
  const part = { conf: inFolder(run.conf), environment, folder };
  const telegraf = await EngineChild.start({
    ...part,
    name: 'telegraf',
    command: [spec.telegraf, '--strict-env-handling', '--config'],
  });
  const embedded = await EngineChild.start({ ...part, name: 'embedded', command: spec.embedded });
  return { name: run.name, telegraf, embedded };
}

function inFolder(text: string): string {
  return text.replaceAll('{folder}', spec.folder);
}
