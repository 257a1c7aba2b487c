import { type ChildProcess, spawn } from 'node:child_process';
import { freeTcpPort, waitFor } from '@stratora/testkit';
import { Backend } from './backend.ts';
import { LoadConnection } from './ingest-load.ts';
import { cpuSeconds } from './process-cost.ts';
import { type BenchResult, describeMachine, median, publishResult, spreadOf } from './result.ts';

const PAIRS = 5;
const CONNECTIONS = 16;
const RUN_MS = 2_500;

/** Source of a peer that answers 304 and checks nothing, by the same HTTP server of the same Node. */
const BARE_SERVER = `
  const { createServer } = require('node:http');
  createServer((request, response) => {
    response.writeHead(304, { etag: request.headers['if-none-match'] ?? '"none"' });
    response.end();
  }).listen(Number(process.argv[1]), '127.0.0.1');
`;

interface PullRun {
  perSecond: number;
  perCpuSecond: number;
}

/**
 * Measures a collector's pull of an unchanged configuration, with its key checked, against a server that checks
 * nothing.
 */
export async function run(): Promise<BenchResult> {
  const backend = await Backend.start();
  const barePort = await freeTcpPort();
  const bare = spawn(process.execPath, ['-e', BARE_SERVER, String(barePort)], { stdio: 'ignore' });
  try {
    await waitFor(async () => (await fetch(`http://127.0.0.1:${barePort}`)).status === 304, { everyMs: 20 });
    const collector = await backend.addCollector('bench-collector', 20);
    const url = `/api/v1/remote-collectors/${collector.id}/config`;
    const etag = await settledEtag(backend, url, collector.apiKey);
    const request = Buffer.from(
      `GET ${url} HTTP/1.1\r\nhost: 127.0.0.1\r\nx-api-key: ${collector.apiKey}\r\nif-none-match: ${etag}\r\n\r\n`,
    );
    const own: PullRun[] = [];
    const peer: PullRun[] = [];
    for (let round = 0; round <= PAIRS; round += 1) {
      const ours = await pull(backend.port, backend.pid, request);
      const theirs = await pull(barePort, pidOf(bare), request);
      if (round === 0) continue;
      own.push(ours);
      peer.push(theirs);
    }
    const result = resultOf(own, peer);
    await publishResult(result);
    return result;
  } finally {
    bare.kill('SIGKILL');
    await backend.stop();
  }
}

function pidOf(child: ChildProcess): number {
  if (child.pid === undefined) throw new Error('the bare server did not start');
  return child.pid;
}

/** Waits until the burst of first configurations is over; returns the ETag of the one that stays. */
async function settledEtag(backend: Backend, url: string, apiKey: string): Promise<string> {
  let last = '';
  return waitFor(
    async () => {
      const answer = await fetch(`http://127.0.0.1:${backend.port}${url}`, {
        headers: { 'x-api-key': apiKey },
      });
      const before = last;
      last = answer.headers.get('etag') ?? '';
      return answer.status === 200 && last !== '' && last === before ? last : false;
    },
    { everyMs: 7_000, timeoutMs: 60_000, what: 'a settled configuration' },
  );
}

async function pull(port: number, pid: number, request: Buffer): Promise<PullRun> {
  const connections = await Promise.all(
    Array.from({ length: CONNECTIONS }, () => LoadConnection.open(port, 304)),
  );
  const before = cpuSeconds([pid]);
  const startedAt = performance.now();
  let count = 0;
  await Promise.all(
    connections.map(async (connection) => {
      while (performance.now() - startedAt < RUN_MS) {
        await connection.send(request);
        count += 1;
      }
    }),
  );
  const seconds = (performance.now() - startedAt) / 1_000;
  const used = cpuSeconds([pid]) - before;
  for (const connection of connections) connection.close();
  return { perSecond: count / seconds, perCpuSecond: count / used };
}

function resultOf(own: readonly PullRun[], peer: readonly PullRun[]): BenchResult {
  const row = (label: string, pick: (run: PullRun) => number) => {
    const ratios = own.map((run, index) => pick(run) / pick(peer[index] as PullRun));
    return {
      label,
      value: median(own.map(pick)),
      peer: 'bare node:http',
      ratio: median(ratios),
      spread: spreadOf(ratios),
      goal: '>= 0.80',
      met: median(ratios) >= 0.8,
    };
  };
  return {
    name: 'config-pull',
    machine: describeMachine(),
    versions: { node: process.version },
    rows: [
      { ...row('304 with its key checked', ({ perCpuSecond }) => perCpuSecond), unit: 'requests/CPU s' },
      { ...row('304 with its key checked', ({ perSecond }) => perSecond), unit: 'requests/s' },
    ],
    notes: [
      `${CONNECTIONS} kept connections, ${RUN_MS} ms a run; rates suffer from other work on the machine`,
    ],
  };
}
