import { startBackend, type TestBackend } from '@stratora/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

const NOBODY = '0190a1b2-c3d4-7e5f-8a9b-0000000000ff';

describe('topology', () => {
  let backend: TestBackend;
  let nodes: Record<'core' | 'edge' | 'host' | 'other', string>;
  let round = 0;

  beforeAll(async () => {
    backend = await startBackend();
  });
  afterAll(() => backend?.stop());
  beforeEach(async () => {
    round += 1;
    const make = async (name: string) =>
      (await ask('POST', 'nodes', { name, ip_address: `${name}-${round}.plant.test` })).json.id as string;
    nodes = {
      core: await make('core'),
      edge: await make('edge'),
      host: await make('host'),
      other: await make('other'),
    };
  });

  const ask = (method: string, path: string, body?: object, headers: Record<string, string> = {}) =>
    backend.call(method, `/api/v1/${path}`, {
      token: backend.adminToken,
      headers,
      ...(body === undefined ? {} : { body }),
    });
  const link = (a: string, b: string, ports: [string?, string?] = []) => {
    const end = (id: string, port: string | undefined) => ({ node_id: id, ...(port && { interface: port }) });
    return ask('POST', 'topology/links', { a: end(a, ports[0]), b: end(b, ports[1]) });
  };
  const setParents = (id: string, ids: string[], headers = {}) =>
    ask('PUT', `nodes/${id}/parents`, { node_ids: ids }, headers);
  const around = async (id: string) => (await ask('GET', `topology?node_id=${id}`)).json;
  const lastAudit = async () => (await ask('GET', 'audit-log?limit=1')).json.items[0];

  describe('a link', () => {
    it('is shown with both ends, and nothing that nobody measures', async () => {
      const made = await link(nodes.core, nodes.edge, ['Gi1/0/1', 'eth0']);
      expect(made).toMatchObject({
        status: 201,
        json: {
          a: { node_id: nodes.core, interface: 'Gi1/0/1', name: 'core', address: `core-${round}.plant.test` },
          b: { node_id: nodes.edge, interface: 'eth0', name: 'edge' },
          sources: ['manual'],
          speed_bps: null,
          state: null,
          last_seen_at: null,
        },
      });
      expect(made.headers.get('location')).toBe(`/api/v1/topology/links/${made.json.id}`);
      expect((await ask('GET', `topology/links/${made.json.id}`)).json).toEqual(made.json);
      expect(await lastAudit()).toMatchObject({
        action: 'link.create',
        detail: {
          name: 'core - edge',
          a: { node: 'core', interface: 'Gi1/0/1' },
          b: { node: 'edge', interface: 'eth0' },
        },
      });
      expect((await around(nodes.edge)).links).toEqual([made.json]);
    });

    it('is there once, from whichever end; by other interfaces it is another', async () => {
      const made = await link(nodes.core, nodes.edge, ['1', '2']);
      for (const again of [
        await link(nodes.core, nodes.edge, ['1', '2']),
        await link(nodes.edge, nodes.core, ['2', '1']),
      ]) {
        expect(again).toMatchObject({
          status: 409,
          json: { code: 'link_exists', link: { id: made.json.id } },
        });
      }
      expect(await link(nodes.edge, nodes.core, ['1', '2'])).toMatchObject({ status: 201 });
      expect(await link(nodes.edge, nodes.core)).toMatchObject({ status: 201 });
      expect(await link(nodes.core, nodes.edge)).toMatchObject({ status: 409 });
      expect((await around(nodes.core)).links).toHaveLength(3);
    });

    it('is made once by two who make it at once from either end', async () => {
      const race = await Promise.all([link(nodes.core, nodes.edge), link(nodes.edge, nodes.core)]);
      expect(race.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409]);
    });

    it('is between two nodes that exist', async () => {
      expect(await link(nodes.core, nodes.core)).toMatchObject({
        status: 400,
        json: { errors: [{ path: 'b.node_id' }] },
      });
      expect(await link(nodes.core, NOBODY)).toMatchObject({
        status: 400,
        json: { errors: [{ path: 'b.node_id', message: 'does not exist' }] },
      });
      expect(await link(nodes.core, nodes.edge, ['x'.repeat(256)])).toMatchObject({
        status: 400,
        json: { errors: [{ path: 'a.interface' }] },
      });
    });

    it('is made by a repeat of the call no second time', async () => {
      const body = { a: { node_id: nodes.core }, b: { node_id: nodes.edge } };
      const key = { 'idempotency-key': `link ${round}` };
      const first = await ask('POST', 'topology/links', body, key);
      expect(await ask('POST', 'topology/links', body, key)).toMatchObject({ status: 201, text: first.text });
    });

    it('is deleted, but not by one who has read another', async () => {
      const { json } = await link(nodes.core, nodes.edge);
      const path = `topology/links/${json.id}`;
      expect(await ask('DELETE', path, undefined, { 'if-match': '"x"' })).toMatchObject({ status: 412 });
      const etag = (await ask('GET', path)).headers.get('etag') ?? '';
      expect(await ask('DELETE', path, undefined, { 'if-match': etag })).toMatchObject({ status: 204 });
      expect(await ask('DELETE', path)).toMatchObject({ status: 404 });
      expect(await lastAudit()).toMatchObject({ action: 'link.delete', object_id: json.id });
    });

    it('goes with either node', async () => {
      const { json } = await link(nodes.core, nodes.edge);
      await ask('DELETE', `nodes/${nodes.edge}`);
      expect(await ask('GET', `topology/links/${json.id}`)).toMatchObject({ status: 404 });
      expect((await around(nodes.core)).links).toEqual([]);
    });
  });

  describe('the parents of a node', () => {
    it('are those that somebody set, each once', async () => {
      const put = await setParents(nodes.host, [nodes.edge, nodes.core, nodes.edge]);
      const node_ids = [nodes.core, nodes.edge].toSorted();
      expect(put).toMatchObject({ status: 200, json: { node_ids, derived_ids: [] } });
      expect(await lastAudit()).toMatchObject({
        action: 'node.set_parents',
        object_id: nodes.host,
        detail: { name: 'host' },
      });
      const shown = await around(nodes.host);
      expect(shown.nodes.map(({ name }: { name: string }) => name)).toEqual(['core', 'edge', 'host']);
      expect(shown.nodes[2]).toMatchObject({ parent_ids: node_ids, has_set_parents: true, x: null, y: null });
      expect((await around(nodes.edge)).nodes.map(({ name }: { name: string }) => name)).toEqual([
        'edge',
        'host',
      ]);
    });

    it('stay as they are where what was read is put back', async () => {
      await setParents(nodes.host, [nodes.edge]);
      const read = await ask('GET', `nodes/${nodes.host}/parents`);
      const audited = (await lastAudit()).id;
      const put = await ask('PUT', `nodes/${nodes.host}/parents`, read.json);
      expect(put).toMatchObject({ status: 200, json: read.json });
      expect((await lastAudit()).id).toBe(audited);
    });

    it('follow from the links again when none is set', async () => {
      await setParents(nodes.host, [nodes.edge]);
      expect(await setParents(nodes.host, [])).toMatchObject({ json: { node_ids: [], derived_ids: [] } });
      expect((await around(nodes.host)).nodes).toMatchObject([{ parent_ids: [], has_set_parents: false }]);
    });

    it('never lead back to the node, and the refusal names the way', async () => {
      await setParents(nodes.edge, [nodes.core]);
      await setParents(nodes.host, [nodes.edge]);
      const refused = await setParents(nodes.core, [nodes.other, nodes.host]);
      expect(refused.status).toBe(400);
      expect(refused.json.errors).toEqual([
        {
          path: 'node_ids',
          message: 'would put a node behind itself: core behind host behind edge behind core',
        },
      ]);
      expect(await setParents(nodes.core, [nodes.core])).toMatchObject({
        status: 400,
        json: { errors: [{ message: 'would put a node behind itself: core behind core' }] },
      });
      expect((await ask('GET', `nodes/${nodes.core}/parents`)).json.node_ids).toEqual([]);
    });

    it('make no circle when two set the halves of one at once', async () => {
      const race = await Promise.all([
        setParents(nodes.core, [nodes.edge]),
        setParents(nodes.edge, [nodes.core]),
      ]);
      expect(race.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 400]);
    });

    it('exist, and are no more than sixteen', async () => {
      expect(await setParents(nodes.host, [nodes.edge, NOBODY])).toMatchObject({
        status: 400,
        json: { errors: [{ path: 'node_ids.1', message: 'does not exist' }] },
      });
      expect(await setParents(nodes.host, Array(17).fill(nodes.edge))).toMatchObject({ status: 400 });
      expect(await setParents(NOBODY, [])).toMatchObject({ status: 404 });
      expect(await ask('GET', `nodes/${NOBODY}/parents`)).toMatchObject({ status: 404 });
    });

    it('are not set by one who has read others', async () => {
      const before = { 'if-match': (await setParents(nodes.host, [])).headers.get('etag') ?? '' };
      expect(await setParents(nodes.host, [nodes.edge], before)).toMatchObject({ status: 200 });
      expect(await setParents(nodes.host, [nodes.core], before)).toMatchObject({ status: 412 });
    });

    it('go with them', async () => {
      await setParents(nodes.host, [nodes.edge, nodes.core]);
      await ask('DELETE', `nodes/${nodes.edge}`);
      expect((await ask('GET', `nodes/${nodes.host}/parents`)).json.node_ids).toEqual([nodes.core]);
    });
  });

  it('of a site has its nodes, and the links that leave it', async () => {
    const site = (await ask('POST', 'sites', { name: `hall ${round}` })).json.id as string;
    await ask('POST', 'nodes/bulk', {
      node_ids: [nodes.edge, nodes.host],
      action: 'move_to_site',
      site_id: site,
    });
    await link(nodes.core, nodes.edge);
    await link(nodes.edge, nodes.host);
    await link(nodes.core, nodes.other);
    const shown = (await ask('GET', `topology?site_id=${site}`)).json;
    expect(shown.nodes.map(({ name }: { name: string }) => name)).toEqual(['edge', 'host']);
    expect(shown.links).toHaveLength(2);
    expect((await ask('GET', 'topology')).json.nodes.length).toBeGreaterThanOrEqual(4);
  });
});
