import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { connectFirst } from './connect-first.ts';
import { createHttpClient } from './outbound-http.ts';

const ends: (() => void)[] = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

function closed(server: Server): void {
  ends.push(() => server.close());
}

async function listen(port: number, address: string): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\nok');
  });
  closed(server);
  server.listen(port, address);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** A port of 127.0.0.2 that swallows everything: its program is stopped and its queue full. */
async function silentPort(): Promise<number> {
  const script =
    "require('node:net').createServer().listen({port:0,host:'127.0.0.2',backlog:1},function(){console.log(this.address().port)})";
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  ends.push(() => child.kill('SIGKILL'));
  const [printed] = (await once(child.stdout, 'data')) as [Buffer];
  const port = Number(printed.toString());
  child.kill('SIGSTOP');
  for (let at = 0; at < 4; at += 1) {
    const filler = connect(port, '127.0.0.2').on('error', () => {});
    ends.push(() => filler.destroy());
  }
  await new Promise((resolve) => {
    setTimeout(resolve, 200);
  });
  return port;
}

function used(socket: Socket): string | undefined {
  ends.push(() => socket.destroy());
  return socket.remoteAddress;
}

/** Only Linux has all of 127.0.0.0/8, and drops connections that its queue has no place for. */
describe.runIf(process.platform === 'linux')('connecting to the first of several addresses', () => {
  it('goes on at once where one refuses', async () => {
    const port = await listen(0, '127.0.0.1');
    expect(used(await connectFirst({ addresses: ['127.0.0.3', '127.0.0.1'], port }))).toBe('127.0.0.1');
  });

  it('goes on after a moment where one is silent, also in the client', async () => {
    const port = await silentPort();
    await listen(port, '127.0.0.1');
    const addresses = ['127.0.0.2', '127.0.0.1'];
    expect(used(await connectFirst({ addresses, port }))).toBe('127.0.0.1');
    const client = createHttpClient({ baseUrl: `http://dual.test:${port}`, addresses, timeoutMs: 10_000 });
    const answer = await client.request({ method: 'GET', path: '/' });
    expect(answer.text()).toBe('ok');
    client.close();
  });

  it('waits for a slow one while it tries the next', async () => {
    const port = await listen(0, '127.0.0.1');
    const addresses = ['127.0.0.1', '127.0.0.3'];
    expect(used(await connectFirst({ addresses, port, attemptDelayMs: 0 }))).toBe('127.0.0.1');
  });

  it('says that the port is closed where every one fails', async () => {
    const port = await listen(0, '127.0.0.1');
    ends.splice(0)[0]?.();
    const tried = connectFirst({ addresses: ['127.255.255.255', '127.0.0.3'], port });
    await expect(tried).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await expect(connectFirst({ addresses: [], port })).rejects.toThrow('no address');
  });

  it('ends with its signal, and a request of the client with its time', async () => {
    const port = await silentPort();
    const reason = new Error('enough');
    const signal = AbortSignal.timeout(20);
    await expect(connectFirst({ addresses: ['127.0.0.2'], port, signal })).rejects.toThrow('timeout');
    await expect(
      connectFirst({ addresses: ['127.0.0.2'], port, signal: AbortSignal.abort(reason) }),
    ).rejects.toBe(reason);
    const client = createHttpClient({
      baseUrl: `http://dual.test:${port}`,
      addresses: ['127.0.0.2'],
      timeoutMs: 50,
    });
    await expect(client.request({ method: 'GET', path: '/' })).rejects.toMatchObject({ reason: 'timeout' });
    const controller = new AbortController();
    const waiting = client.request({
      method: 'GET',
      path: '/',
      signal: controller.signal,
      timeoutMs: 60_000,
    });
    setTimeout(() => controller.abort(), 20);
    await expect(waiting).rejects.toMatchObject({ reason: 'aborted' });
    client.close();
  });
});
