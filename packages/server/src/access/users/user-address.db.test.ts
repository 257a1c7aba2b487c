import { startBackend, type TestBackend } from '@stratora/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const PASSWORD = 'a password for tests';

describe('the address of a user', () => {
  let backend: TestBackend;
  beforeAll(async () => {
    backend = await startBackend();
  });
  afterAll(() => backend?.stop());

  it('is written, checked, taken away and found', async () => {
    const token = backend.adminToken;
    const body = { username: 'zoe', role: 'viewer', password: PASSWORD, email: ' zoe@plant.example ' };
    const made = await backend.call('POST', '/api/v1/users', { token, body });
    expect(made.json).toMatchObject({ email: 'zoe@plant.example' });
    const one = `/api/v1/users/${made.json.id}`;
    expect((await backend.admin('GET', '/api/v1/users?search=plant.example')).total).toBe(1);
    expect(await backend.call('PATCH', one, { token, body: { email: 'zoe' } })).toMatchObject({
      status: 400,
      json: { errors: [{ path: 'email' }] },
    });
    expect((await backend.admin('PATCH', one, { display_name: 'Zoe' })).email).toBe('zoe@plant.example');
    expect((await backend.admin('PATCH', one, { email: null })).email).toBeNull();
    const { items } = await backend.admin('GET', '/api/v1/audit-log?search=user.update&limit=1');
    expect(items[0]).toMatchObject({ object_id: made.json.id, detail: { email: null } });
    expect((await backend.admin('PUT', one, { role: 'viewer', email: 'z@plant.example' })).email).toBe(
      'z@plant.example',
    );
    expect((await backend.admin('PUT', one, { role: 'viewer' })).email).toBeNull();
  });
});
