import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBinary, freeTcpPort, provideCompanion, waitFor } from '@stratora/testkit';

/** A proxy in front of a store that passes everything on and checks nothing. */
export interface Peer {
  name: string;
  port: number;
  path: string;
  pid: number;
  headers: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** Starts vmauth, fetching it when it is nowhere. @throws when it cannot be had: no figure without its peer */
export async function startVmauth(storeUrl: string): Promise<Peer> {
  const binary = await provideCompanion('vmauth');
  return startPeer('vmauth', async (folder, port) => {
    const config = join(folder, 'auth.yml');
    await writeFile(config, `users:\n- username: agent\n  password: secret\n  url_prefix: "${storeUrl}"\n`);
    const child = spawn(
      binary,
      [`-auth.config=${config}`, `-httpListenAddr=127.0.0.1:${port}`, '-loggerLevel=ERROR'],
      {
        stdio: 'ignore',
      },
    );
    return { child, headers: { authorization: `Basic ${Buffer.from('agent:secret').toString('base64')}` } };
  });
}

/** Starts nginx as a plain proxy. @throws when it is not installed */
export async function startNginx(storeUrl: string): Promise<Peer> {
  const binary = findBinary('nginx');
  if (binary === undefined)
    throw new Error('nginx, a peer of this bench, is not on PATH: install the package nginx');
  return startPeer('nginx', async (folder, port) => {
    await mkdir(join(folder, 'tmp'));
    const temps = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
    await writeFile(
      join(folder, 'nginx.conf'),
      `daemon off; worker_processes 1; error_log stderr crit; pid ${folder}/pid;
events { worker_connections 1024; }
http {
  access_log off; client_max_body_size 64m; client_body_buffer_size 2m; keepalive_requests 1000000;
  ${temps.map((name) => `${name}_temp_path ${folder}/tmp/${name};`).join(' ')}
  upstream store { server ${new URL(storeUrl).host}; keepalive 32; }
  server {
    listen 127.0.0.1:${port};
    location / { proxy_pass http://store; proxy_http_version 1.1; proxy_set_header Connection ""; }
  }
}
`,
    );
    const child = spawn(binary, ['-e', 'stderr', '-p', folder, '-c', join(folder, 'nginx.conf')], {
      stdio: 'ignore',
    });
    return { child, headers: {} };
  });
}

async function startPeer(
  name: string,
  start: (folder: string, port: number) => Promise<{ child: ChildProcess; headers: Peer['headers'] }>,
): Promise<Peer> {
  const folder = await mkdtemp(join(tmpdir(), `stratora-${name}-`));
  const port = await freeTcpPort();
  const { child, headers } = await start(folder, port);
  const stop = async () => {
    child.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  try {
    await waitFor(async () => (await fetch(`http://127.0.0.1:${port}/health`, { headers })).status < 500, {
      timeoutMs: 10_000,
      everyMs: 50,
      what: `the start of ${name}`,
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return { name, port, path: '/write', pid: child.pid ?? 0, headers, stop };
}
