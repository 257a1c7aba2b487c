import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, vi } from 'vitest';
import { runMaintenanceCommand } from './maintenance-command.ts';

const NODE = '01970000-0000-7000-8000-000000000001';

it('maintenance begins now by the clock of the server, whatever this host believes', async () => {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => {
      body += part;
    });
    request.on('end', () => {
      if (body !== '') bodies.push(body);
      const answer = { id: NODE, name: 'press-07', ends_at: '2031-05-06T09:08:09.000Z' };
      response
        .writeHead(200, { 'content-type': 'application/json', date: 'Tue, 06 May 2031 07:08:09 GMT' })
        .end(JSON.stringify(answer));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    const words = ['start', '--node', NODE, '--for', '2h', '--server', url, '--token', 'abc'];
    expect(await runMaintenanceCommand(words)).toBe(0);
  } finally {
    written.mockRestore();
    server.closeAllConnections();
    server.close();
  }
  expect(bodies.map((body) => JSON.parse(body) as object)).toEqual([
    expect.objectContaining({ starts_at: '2031-05-06T07:08:09.000Z', ends_at: '2031-05-06T09:08:09.000Z' }),
  ]);
});
