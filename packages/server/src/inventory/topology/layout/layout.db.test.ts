import { startBackend, type TestBackend, waitFor } from '@stratora/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const LIMIT = { timeoutMs: 60_000 };

interface Position {
  id: string;
  x: number;
  y: number;
  is_placed_by_hand: boolean;
}

describe('the layout', () => {
  let backend: TestBackend;
  const ids = new Map<string, string>();

  beforeAll(async () => {
    backend = await startBackend();
    for (const name of ['core', 'edge', 'pump']) await make(name);
    await link('core', 'edge');
    await link('edge', 'pump');
  });
  afterAll(() => backend?.stop());

  async function make(name: string): Promise<void> {
    const body = { name, ip_address: `${name}.test`, node_type: name === 'pump' ? 'plc' : 'switch' };
    ids.set(name, (await backend.admin('POST', '/api/v1/nodes', body)).id);
  }
  const link = (a: string, b: string) =>
    backend.admin('POST', '/api/v1/topology/links', {
      a: { node_id: ids.get(a) },
      b: { node_id: ids.get(b) },
    });
  const put = (body: object, token = backend.adminToken) =>
    backend.call('PUT', '/api/v1/topology/layout', { token, body });
  const positions = async () =>
    new Map<string, Position>(
      (await backend.admin('GET', '/api/v1/topology/layout')).positions.map((one: Position) => [one.id, one]),
    );
  const placed = (count: number) =>
    waitFor(async () => {
      const found = await positions();
      return found.size === count && found;
    }, LIMIT);

  it('is there some seconds after the nodes are, with tiers, for links by hand too', async () => {
    const found = await placed(3);
    expect([...found.values()].every(({ is_placed_by_hand: byHand }) => !byHand)).toBe(true);
    const { nodes } = await waitFor(async () => {
      const map = await backend.admin('GET', '/api/v1/topology');
      return map.nodes.every(({ tier }: { tier: string | null }) => tier !== null) && map;
    }, LIMIT);
    const tiers = Object.fromEntries(
      nodes.map(({ name, tier }: { name: string; tier: string }) => [name, tier]),
    );
    expect(tiers).toMatchObject({ pump: 'end' });
    expect(new Set(Object.values(tiers))).toContain('core');
  });

  it('takes what GET gave, and then nothing was placed by hand', async () => {
    const read = await backend.admin('GET', '/api/v1/topology/layout');
    const audited = (await backend.admin('GET', '/api/v1/audit-log?limit=1')).total;
    expect(await put(read)).toMatchObject({ status: 200, json: read });
    expect((await backend.admin('GET', '/api/v1/audit-log?limit=1')).total).toBe(audited);
  });

  it('leaves what somebody placed, and what was there, when something new comes', async () => {
    const id = ids.get('edge') ?? '';
    expect(await put({ positions: [{ id, x: 4321.5, y: -77 }] })).toMatchObject({ status: 200 });
    const before = await positions();
    expect(before.get(id)).toEqual({ id, x: 4321.5, y: -77, is_placed_by_hand: true });
    await make('press');
    await link('edge', 'press');
    const after = await placed(4);
    for (const [known, place] of before) expect(after.get(known)).toEqual(place);
  });

  it('refuses what is nothing on the map, named twice or out of reach, and viewers', async () => {
    const id = ids.get('edge') ?? '';
    const nobody = '0190a1b2-c3d4-7e5f-8a9b-0000000000ff';
    expect(await put({ positions: [{ id: nobody, x: 0, y: 0 }] })).toMatchObject({
      status: 400,
      json: { errors: [{ path: 'positions.0.id' }] },
    });
    const twice = { id, x: 1, y: 1 };
    expect(await put({ positions: [twice, twice] })).toMatchObject({ status: 400 });
    expect(await put({ positions: [{ id, x: 1e9, y: 0 }] })).toMatchObject({ status: 400 });
    const password = 'a password for tests';
    await backend.admin('POST', '/api/v1/users', {
      username: 'looker',
      role: 'viewer',
      password,
      must_change_password: false,
    });
    const viewer = await backend.login('looker', password);
    expect(await put({ positions: [twice] }, viewer)).toMatchObject({ status: 403 });
    expect((await positions()).get(id)).toMatchObject({ x: 4321.5 });
  });

  it('is made anew of all when somebody asks for it, and goes with its nodes', async () => {
    const reset = await backend.call('POST', '/api/v1/topology/layout/reset', {
      token: backend.adminToken,
      body: {},
    });
    expect(reset.status).toBe(204);
    const found = await placed(4);
    expect([...found.values()].some(({ is_placed_by_hand: byHand }) => byHand)).toBe(false);
    await backend.call('DELETE', `/api/v1/nodes/${ids.get('pump')}`, { token: backend.adminToken });
    expect((await positions()).has(ids.get('pump') ?? '')).toBe(false);
  });
});
