import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, vi } from 'vitest';
import { runMaintenanceCommand } from './maintenance-command.ts';

const NODE = '01970000-0000-7000-8000-000000000001';
const GONE = '01970000-0000-7000-8000-000000000002';

/** Runs the command against a server that knows every window but one. @returns its code, words, and what was posted */
async function run(...words: string[]) {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => {
      body += part;
    });
    request.on('end', () => {
      if (body !== '') bodies.push(body);
      const isGone = request.url?.includes(GONE) === true;
      const answer = isGone
        ? { code: 'not_found', detail: 'There is no such window.' }
        : { id: NODE, name: 'press-07', ends_at: '2031-05-06T09:08:09.000Z' };
      response
        .writeHead(isGone ? 404 : 200, {
          'content-type': 'application/json',
          date: 'Tue, 06 May 2031 07:08:09 GMT',
        })
        .end(JSON.stringify(answer));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    const code = await runMaintenanceCommand([...words, '--server', url, '--token', 'abc']);
    return { code, bodies, text: written.mock.calls.map(([text]) => String(text)).join('') };
  } finally {
    written.mockRestore();
    server.closeAllConnections();
    server.close();
  }
}

it('of several windows that are to end, those that could not are named, and the rest ends', async () => {
  const { code, text } = await run('end', NODE, GONE, NODE);
  expect(code).toBe(1);
  expect(text.split('\n')).toEqual([
    `${NODE}  press-07 ended`,
    `${NODE}  press-07 ended`,
    `${GONE}  not ended: There is no such window.`,
    '',
  ]);
});

it('maintenance begins now by the clock of the server, whatever this host believes', async () => {
  const { code, bodies } = await run('start', '--node', NODE, '--for', '2h');
  expect(code).toBe(0);
  expect(bodies.map((body) => JSON.parse(body) as object)).toEqual([
    expect.objectContaining({ starts_at: '2031-05-06T07:08:09.000Z', ends_at: '2031-05-06T09:08:09.000Z' }),
  ]);
});
