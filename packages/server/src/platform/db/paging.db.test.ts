import { startBackend, type TestBackend } from '@stratora/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ID = '0190a1b2-c3d4-7e5f-8a9b-0000000000ff';

describe('the cursor of a list', () => {
  let backend: TestBackend;
  beforeAll(async () => {
    backend = await startBackend();
  });
  afterAll(() => backend?.stop());

  const list = (path: string, query: string) =>
    backend.call('GET', `/api/v1/${path}?${query}`, { token: backend.adminToken });
  const forged = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

  it('leads through users of whom some never logged in', async () => {
    for (const username of ['never-1', 'never-2']) {
      const user = { username, role: 'viewer', password: 'a password for tests' };
      await backend.admin('POST', '/api/v1/users', user);
    }
    for (const sort of ['last_login_at', '-last_login_at']) {
      const seen: string[] = [];
      let cursor = '';
      do {
        const { status, json } = await list('users', `limit=1&sort=${sort}${cursor}`);
        expect(status).toBe(200);
        for (const { username } of json.items as { username: string }[]) seen.push(username);
        cursor = json.next_cursor === null ? '' : `&cursor=${json.next_cursor}`;
      } while (cursor !== '');
      expect(seen.toSorted()).toEqual(['admin', 'never-1', 'never-2']);
    }
  });

  it.each([
    '2026-02-30 00:00:00+00',
    '2026-01-01 00:00:00+16',
    '2026-01-01 00:00:00+99:99:99',
    '2026-01-01 24:00:00+00',
    '0000-01-01 00:00:00+00',
    '2026-01-01 00:00:60+00',
    'infinity',
    'now',
    '2026-01-01 00:00:00',
    1,
    null,
    ['a'],
  ])('is refused where no list has given it: %j', async (value) => {
    const answer = await list('users', `sort=created_at&cursor=${forged(['created_at', value, ID])}`);
    expect(answer).toMatchObject({ status: 400, json: { errors: [{ path: 'cursor' }] } });
  });

  it.each([
    ['nodes', 'status', '2147483648'],
    ['nodes', 'status', '1e3'],
    ['nodes', 'name', 'a\u0000b'],
    ['nodes', 'name', { a: 1 }],
    ['sites', 'name', 7],
    ['audit-log', '-time', 'yesterday'],
  ])('is refused by %s sorted by %s: %j', async (path, sort, value) => {
    const answer = await list(path, `sort=${sort}&cursor=${forged([sort, value, ID])}`);
    expect(answer).toMatchObject({ status: 400, json: { errors: [{ path: 'cursor' }] } });
  });

  it.each(['%00', 'x', '%ff', 'W10', 'bnVsbA', forged([]), forged({}), forged('x'), 'a'.repeat(2049)])(
    'is refused where it is none: %s',
    async (cursor) => {
      for (const path of ['nodes', 'sites', 'users', 'audit-log', `components/${ID}/configs`]) {
        const { status } = await list(path, `cursor=${cursor}`);
        expect([400, 404], path).toContain(status);
      }
    },
  );

  it.each([
    'sort=__proto__',
    'sort=constructor',
    'sort=-',
    'sort=name;',
    'sort=%00',
    'limit=1e9',
    'limit=NaN',
  ])('and other parameters are refused where they say nothing: %s', async (query) => {
    for (const path of ['nodes', 'sites', 'users', 'components', 'rollouts', 'enrollment-tokens']) {
      expect(await list(path, query), path).toMatchObject({ status: 400 });
    }
  });
});
