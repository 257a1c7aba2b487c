import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { findByName } from './named-object.ts';
import { UserApi } from './user-api.ts';
import { columns, runUserCommand, type UserActions, type UserInvocation } from './user-command.ts';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = undefined;
});

/** Starts a server that answers every call alike. @returns its address, and the calls that came */
async function startServer(status: number, answer: unknown) {
  const calls: Pick<IncomingMessage, 'method' | 'url' | 'headers'>[] = [];
  server = createServer(({ method, url, headers }, response) => {
    calls.push({ method, url, headers });
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, calls };
}

describe('the client of commands', () => {
  it('shows its token, and finds by the whole name alone', async () => {
    const items = [
      { id: '1', name: 'press-10' },
      { id: '2', name: 'Press-1' },
      { id: '3', name: 'PRESS-1' },
    ];
    const { url, calls } = await startServer(200, { items, total: 3, next_cursor: null });
    const api = await UserApi.open({ server: url, token: ' abc \n' }, {});
    expect(await findByName(api, 'node', 'Press-1')).toMatchObject({ id: '2' });
    expect(await findByName(api, 'node', 'PRESS-10')).toMatchObject({ id: '1' });
    await expect(findByName(api, 'node', 'press-1')).rejects.toThrow(
      '2 nodes are called press-1; give the id.',
    );
    await expect(findByName(api, 'node', 'press')).rejects.toThrow('There is no node called press.');
    expect(calls[0]).toMatchObject({
      url: '/api/v1/nodes?search=Press-1&limit=500',
      headers: { authorization: 'Bearer abc' },
    });
    api.close();
  });

  it('says what the server has against a call, and that it is not reached', async () => {
    const problem = {
      code: 'validation_failed',
      detail: 'x',
      errors: [{ path: 'ends_at', message: 'is too late' }],
    };
    const { url } = await startServer(400, problem);
    const api = await UserApi.open({ server: url, token: 'abc' }, {});
    await expect(api.call('POST', '/x', {})).rejects.toMatchObject({
      code: 'validation_failed',
      message: 'ends_at is too late',
    });
    api.close();
    server?.closeAllConnections();
    server?.close();
    const late = await UserApi.open({ server: url, token: 'abc' }, {});
    await expect(late.call('GET', '/x')).rejects.toMatchObject({ code: 'server_not_reached' });
    late.close();
  });

  it('demands an address that it can use, and somebody to speak as', async () => {
    await expect(UserApi.open({ server: 'ftp://x', token: 'a' }, {})).rejects.toThrow('--server must be');
    await expect(UserApi.open({ dataDir: '/nowhere' }, {})).rejects.toThrow('no system runs on /nowhere');
    await expect(UserApi.open({ server: 'http://127.0.0.1:9' }, {})).rejects.toThrow('give a token');
    await expect(UserApi.open({ server: 'http://127.0.0.1:9', token: 'a b' }, {})).rejects.toThrow(
      'the token holds',
    );
  });
});

describe('a command line', () => {
  const seen: UserInvocation[] = [];
  const command: UserActions = {
    name: 'test',
    actions: { list: { options: ['state'] }, ack: { options: ['comment'], words: true } },
    run: async (_, invocation) => {
      seen.push(invocation);
      return { value: {}, text: '' };
    },
  };
  const run = (...args: string[]) =>
    runUserCommand(command, [...args, '--server', 'http://127.0.0.1:9', '--token', 'a'], {});

  it('gives its action the words and options that go with it', async () => {
    expect(await run('ack', 'a', 'b', '--comment', 'on my way')).toBe(0);
    expect(seen.at(-1)).toMatchObject({
      action: 'ack',
      words: ['a', 'b'],
      options: { comment: 'on my way' },
    });
  });

  it.each([
    [['eat'], 'give one of list, ack'],
    [[], 'give one of list, ack'],
    [['list', 'more'], '"more" is one word too many'],
    [['list', '--comment', 'x'], '--comment does not go with "list"'],
    [['list', '--state', ' '], '--state is empty'],
    [['list', '--nothing'], "Unknown option '--nothing'"],
  ])('of %j is refused in words', async (args, words) => {
    await expect(run(...args)).rejects.toThrow(words);
    await expect(run(...args)).rejects.toMatchObject({ exitCode: 2 });
  });
});

it('columns are as wide as their longest cells', () => {
  expect(
    columns(
      ['ID', 'NAME'],
      [
        ['12345', 'a'],
        ['1', 'press'],
      ],
    ),
  ).toBe('ID     NAME\n12345  a\n1      press\n');
});
