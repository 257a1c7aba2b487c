import type { ComponentJob, CredentialTest } from '@stratora/contract';
import { type BackendAnswer, startBackend, type TestBackend, waitFor } from '@stratora/testkit';
import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

const COMMUNITY = 'a-community-that-nobody-sees';
const PASSWORD = 'a-password-that-nobody-sees';
const NOTHING = '01980000-0000-7000-8000-000000000000';
const OK = {
  outcome: 'ok',
  message: 'The device answers SNMP v2c.',
  device: { name: 'press-07', description: 'a \u001b[2Jpress', object_id: '1.3.6.1.4.1.9.1.1' },
  took_ms: 12.4,
};

interface Collector {
  id: string;
  key: string;
  name: string;
}

describe('tests of credentials', () => {
  let backend: TestBackend;
  let collector: Collector;
  let other: Collector;
  let operator: string;
  let viewer: string;
  let made = 0;
  let node: string;
  let credential: string;

  beforeAll(async () => {
    backend = await startBackend();
    const { token } = await backend.admin('POST', '/api/v1/enrollment-tokens', { auto_approve: true });
    const join = async (hostname: string) => {
      const { json } = await backend.register(token, { hostname });
      const joined = { id: json.component_id as string, key: json.api_key as string, name: hostname };
      await pull(joined);
      return joined;
    };
    collector = await join('hall-3');
    other = await join('hall-4');
    operator = await userOf('operator');
    viewer = await userOf('viewer');
    await waitFor(async () => (await isOnline(collector.id)) && (await isOnline(other.id)), {
      what: 'collectors that are online',
      timeoutMs: 60_000,
    });
  });
  afterAll(() => backend?.stop());

  beforeEach(async () => {
    made += 1;
    credential = await makeCredential('snmp_v2c', { community: COMMUNITY });
    node = await makeNode(collector.id);
    await attach(node, 'snmp', credential);
  });

  async function userOf(role: string): Promise<string> {
    const password = 'a long pass phrase';
    await backend.admin('POST', '/api/v1/users', {
      username: role,
      role,
      password,
      must_change_password: false,
    });
    return backend.login(role, password);
  }

  async function isOnline(id: string): Promise<boolean> {
    return (await backend.admin('GET', `/api/v1/components/${id}`)).last_seen_at !== null;
  }

  async function makeCredential(type: string, secret: object): Promise<string> {
    const body = { name: `${type} ${made}`, type, secret };
    return (await backend.admin('POST', '/api/v1/credentials', body)).id as string;
  }

  async function makeNode(collectorId: string | null, more: object = {}): Promise<string> {
    const body = {
      name: `press-${made}`,
      ip_address: `10.3.0.${made}`,
      snmp_port: 1161,
      ...(collectorId === null ? {} : { collector_id: collectorId }),
      ...more,
    };
    return (await backend.admin('POST', '/api/v1/nodes', body)).id as string;
  }

  function attach(nodeId: string, purpose: string, credentialId: string): Promise<unknown> {
    const body = { credential_id: credentialId };
    return backend.admin('PUT', `/api/v1/nodes/${nodeId}/credentials/${purpose}`, body);
  }

  function pull(from: Collector): Promise<BackendAnswer> {
    return backend.call('GET', `/api/v1/remote-collectors/${from.id}/config`, { key: from.key });
  }

  async function start(nodeId = node, purpose = 'snmp'): Promise<CredentialTest> {
    const path = `/api/v1/nodes/${nodeId}/credentials/${purpose}/test`;
    const { status, json } = await backend.call('POST', path, { token: operator });
    expect(status, JSON.stringify(json)).toBe(202);
    return json as CredentialTest;
  }

  async function shown(id: string): Promise<CredentialTest> {
    return backend.admin('GET', `/api/v1/credential-tests/${id}`);
  }

  async function fetchJobs(from: Collector, query = ''): Promise<ComponentJob[]> {
    const answer = await backend.call('GET', `/api/v1/remote-collectors/${from.id}/jobs${query}`, {
      key: from.key,
    });
    expect(answer.status, answer.text).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    return answer.json.items as ComponentJob[];
  }

  function report(from: Collector, id: string, body: object): Promise<BackendAnswer> {
    const path = `/api/v1/remote-collectors/${from.id}/jobs/${id}/results`;
    return backend.call('POST', path, { key: from.key, body });
  }

  async function audited(action: string): Promise<{ actor: string; detail: Record<string, unknown> }[]> {
    return (await backend.admin('GET', `/api/v1/audit-log?search=${action}&limit=500`)).items;
  }

  it('give the collector what it needs, are answered by it, and say what the device is', async () => {
    const test = await start();
    expect(test).toMatchObject({
      state: 'waiting',
      node_id: node,
      credential_id: credential,
      type: 'snmp_v2c',
      collector_name: 'hall-3',
      outcome: null,
      message: 'Waiting for the collector hall-3 to fetch the test: it asks every ten seconds.',
    });
    const [job, ...more] = await fetchJobs(collector);
    expect(more).toEqual([]);
    expect(job).toMatchObject({
      id: test.id,
      kind: 'credential_test',
      order: {
        type: 'snmp_v2c',
        secret: { community: COMMUNITY },
        host: `10.3.0.${made}`,
        snmp_port: 1161,
        url: null,
        any_certificate: false,
      },
    });
    expect(await shown(test.id)).toMatchObject({ state: 'running', outcome: null });
    expect((await report(collector, test.id, { state: 'done', result: OK })).status).toBe(204);
    const done = await shown(test.id);
    expect(done).toMatchObject({
      state: 'done',
      outcome: 'ok',
      message: OK.message,
      device: { name: 'press-07', description: 'a [2Jpress', object_id: '1.3.6.1.4.1.9.1.1' },
      took_ms: 12,
    });
    for (const answer of [test, done]) expect(JSON.stringify(answer)).not.toContain(COMMUNITY);
    const [asked] = await audited('credential.test');
    const told = await audited('credential.test_result');
    expect(told[0]).toMatchObject({
      actor: 'collector hall-3',
      detail: { node: `press-${made}`, outcome: 'ok' },
    });
    expect(JSON.stringify([asked, told])).not.toContain(COMMUNITY);
  });

  it('are announced on the next call of that collector, and of no other', async () => {
    const test = await start();
    await waitFor(async () => (await pull(collector)).headers.get('x-stratora-jobs') === '1', {
      what: 'the announcement',
    });
    expect((await pull(other)).headers.get('x-stratora-jobs')).toBeNull();
    expect(await fetchJobs(other)).toEqual([]);
    expect((await fetchJobs(collector)).map(({ id }) => id)).toContain(test.id);
    expect((await pull(collector)).headers.get('x-stratora-jobs')).toBeNull();
  });

  it('reach a collector that waits for one at once', async () => {
    await fetchJobs(collector);
    const running = (await fetchJobs(collector)).map(({ id }) => id);
    const waiting = fetchJobs(collector, `?wait_seconds=5&running=${running.join(',')}`);
    const test = await start();
    expect((await waiting).map(({ id }) => id)).toContain(test.id);
  });

  it('are given again while they are not answered, but not those that the collector works on', async () => {
    const test = await start();
    expect((await fetchJobs(collector)).map(({ id }) => id)).toContain(test.id);
    expect((await fetchJobs(collector)).map(({ id }) => id)).toContain(test.id);
    const known = (await fetchJobs(collector)).map(({ id }) => id);
    expect(await fetchJobs(collector, `?running=${known.join(',')}`)).toEqual([]);
    await report(collector, test.id, { state: 'done', result: OK });
    expect((await fetchJobs(collector)).map(({ id }) => id)).not.toContain(test.id);
  });

  it('are one where the same is asked for twice at a time', async () => {
    const first = await start();
    expect((await start()).id).toBe(first.id);
    await report(collector, first.id, { state: 'done', result: OK });
    expect((await start()).id).not.toBe(first.id);
  });

  it('take the first result, none of another collector, and none of another form', async () => {
    const test = await start();
    await fetchJobs(collector);
    const foreign = await report(other, test.id, { state: 'done', result: OK });
    expect([foreign.status, foreign.json.code]).toEqual([404, 'not_found']);
    const strange = await report(collector, test.id, { state: 'done', result: { outcome: 'splendid' } });
    expect([strange.status, strange.json.errors[0].path]).toEqual([400, 'result.outcome']);
    expect((await report(collector, test.id, { state: 'done', result: OK })).status).toBe(204);
    const late = { outcome: 'timeout', message: 'late' };
    expect((await report(collector, test.id, { state: 'done', result: late })).status).toBe(204);
    expect(await shown(test.id)).toMatchObject({ outcome: 'ok' });
    expect((await report(collector, NOTHING, { state: 'done', result: OK })).status).toBe(404);
  });

  it('say that a collector is too old for them', async () => {
    const test = await start();
    await fetchJobs(collector);
    await report(collector, test.id, { state: 'unsupported' });
    expect(await shown(test.id)).toMatchObject({
      state: 'done',
      outcome: 'collector_outdated',
      message: 'The collector hall-3 (version 1) cannot test credentials of this type. Update it.',
    });
  });

  it('that nobody fetches, and those that nobody answers, end by themselves, in words of their own', async () => {
    const unheard = await start();
    await sqlOn(`UPDATE component_jobs SET expires_at = now() WHERE id = '${unheard.id}'`);
    expect(await shown(unheard.id)).toMatchObject({
      state: 'done',
      outcome: 'collector_silent',
      message: expect.stringContaining('did not fetch the test within 45 s'),
    });
    expect((await fetchJobs(collector)).map(({ id }) => id)).not.toContain(unheard.id);
    const lost = await start();
    await fetchJobs(collector);
    await sqlOn(`UPDATE component_jobs SET fetched_at = now() - interval '2 min' WHERE id = '${lost.id}'`);
    expect(await shown(lost.id)).toMatchObject({
      outcome: 'collector_silent',
      message: expect.stringContaining('never said what came of it'),
    });
    // Better late than never.
    await report(collector, lost.id, { state: 'done', result: OK });
    expect(await shown(lost.id)).toMatchObject({ outcome: 'ok' });
  });

  async function sqlOn(text: string): Promise<void> {
    const client = new Client({ connectionString: backend.database.url });
    await client.connect();
    try {
      await client.query(text);
    } finally {
      await client.end();
    }
  }

  it('give no secret to a collector that has lost the node since', async () => {
    const test = await start();
    await backend.admin('PATCH', `/api/v1/nodes/${node}`, { collector_id: other.id });
    expect((await fetchJobs(collector)).map(({ id }) => id)).not.toContain(test.id);
    expect(await shown(test.id)).toMatchObject({
      outcome: 'changed',
      message: expect.stringContaining('another collector'),
    });
  });

  it('end where the node, or the right to use the credential, is gone since', async () => {
    const gone = await start();
    await backend.admin('DELETE', `/api/v1/nodes/${node}`);
    await fetchJobs(collector);
    expect(await shown(gone.id)).toMatchObject({ outcome: 'changed' });
    const next = await makeNode(collector.id, { name: 'next', ip_address: '10.3.1.1' });
    await attach(next, 'snmp', credential);
    const off = await start(next);
    await backend.admin('PATCH', `/api/v1/credentials/${credential}`, { enabled: false });
    await fetchJobs(collector);
    expect(await shown(off.id)).toMatchObject({ outcome: 'changed' });
    const refused = await backend.call('POST', `/api/v1/credentials/${credential}/test`, {
      token: operator,
      body: { node_id: next },
    });
    expect([refused.status, refused.json.code]).toEqual([409, 'invalid_state']);
  });

  it('work for a credential that is not attached', async () => {
    const secret = { username: 'operator', password: PASSWORD };
    const unattached = await makeCredential('http', secret);
    const body = { node_id: node };
    const path = `/api/v1/credentials/${unattached}/test`;
    const without = await backend.call('POST', path, { token: operator, body });
    expect(without.json).toMatchObject({ state: 'done', outcome: 'unsupported', device: null });
    expect(without.json.message).toContain('no web address');
    await backend.admin('PATCH', `/api/v1/nodes/${node}`, { url: 'https://press.example/status' });
    const test = (await backend.call('POST', path, { token: operator, body })).json as CredentialTest;
    const job = (await fetchJobs(collector)).find(({ id }) => id === test.id);
    expect(job?.order).toMatchObject({
      type: 'http',
      secret: { scheme: 'basic', ...secret },
      url: 'https://press.example/status',
    });
  });

  it.each([
    ['wmi', { username: 'x', password: PASSWORD }, 'do not speak WMI'],
    ['ssh', { username: 'x', password: PASSWORD }, 'do not speak SSH'],
  ])('of %s are answered without asking anybody', async (type, secret, words) => {
    const id = await makeCredential(type, secret);
    await attach(node, type, id);
    const test = await start(node, type);
    expect(test).toMatchObject({ state: 'done', outcome: 'unsupported' });
    expect(test.message).toContain(words);
  });

  it('say that the collector is away, and when it was heard last', async () => {
    // What it called before is written in batches, maybe only now.
    await sqlOn(`
      CREATE FUNCTION stay_away() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN NEW.last_seen_at := now() - interval '5 min'; RETURN NEW; END $$;
      CREATE TRIGGER stay_away BEFORE UPDATE ON component_states FOR EACH ROW
        WHEN (OLD.component_id = '${other.id}') EXECUTE FUNCTION stay_away();
      UPDATE component_states SET last_seen_at = now() WHERE component_id = '${other.id}'`);
    const far = await makeNode(other.id, { name: 'far', ip_address: '10.3.2.1' });
    await attach(far, 'snmp', credential);
    const test = await start(far);
    expect(test).toMatchObject({ state: 'done', outcome: 'collector_offline', collector_name: 'hall-4' });
    expect(test.message).toMatch(/heard last at \d{4}-/);
  });

  it('are for those who attach credentials: nobody else sees or starts one', async () => {
    const test = await start();
    for (const [method, path] of [
      ['POST', `/api/v1/nodes/${node}/credentials/snmp/test`],
      ['GET', `/api/v1/credential-tests/${test.id}`],
    ] as const) {
      expect((await backend.call(method, path, { token: viewer })).status).toBe(403);
      expect((await backend.call(method, path, { key: collector.key })).status).toBe(401);
    }
    const foreign = await backend.call('GET', `/api/v1/remote-collectors/${other.id}/jobs`, {
      key: collector.key,
    });
    expect([foreign.status, foreign.json.code]).toEqual([403, 'component_mismatch']);
  });

  it('name what is missing', async () => {
    const refused = async (path: string, body?: object) => {
      const { status, json } = await backend.call('POST', path, { token: operator, ...(body && { body }) });
      return [status, json.detail];
    };
    expect(await refused(`/api/v1/nodes/${node}/credentials/vsphere/test`)).toEqual([
      404,
      expect.stringContaining('vsphere'),
    ]);
    expect((await refused(`/api/v1/nodes/${NOTHING}/credentials/snmp/test`))[0]).toBe(404);
    expect((await refused(`/api/v1/nodes/${node}/credentials/telnet/test`))[0]).toBe(400);
    expect((await refused(`/api/v1/credentials/${NOTHING}/test`, { node_id: node }))[0]).toBe(404);
  });

  it('of one node are ten in a minute at most', async () => {
    const tries: number[] = [];
    for (let index = 0; index < 11; index += 1) {
      const path = `/api/v1/nodes/${node}/credentials/snmp/test`;
      tries.push((await backend.call('POST', path, { token: operator })).status);
    }
    expect(tries).toEqual([...Array.from({ length: 10 }, () => 202), 429]);
  });

  it('of several people take turns', async () => {
    const crowd: string[] = [];
    for (let index = 0; index < 10; index += 1) {
      const id = await makeNode(collector.id, { name: `c${index}`, ip_address: `10.4.${made}.${index + 1}` });
      await attach(id, 'snmp', credential);
      crowd.push(id);
    }
    await waitFor(async () => (await drain()) === 0, { what: 'an empty board' });
    for (const id of crowd) await start(id);
    const own = await backend.admin('POST', `/api/v1/nodes/${node}/credentials/snmp/test`);
    const given = (await fetchJobs(collector)).map(({ id }) => id);
    expect(given.length).toBe(8);
    expect(given).toContain(own.id);
  });

  async function drain(): Promise<number> {
    const jobs = await fetchJobs(collector);
    for (const { id } of jobs) await report(collector, id, { state: 'done', result: OK });
    return jobs.length;
  }
});
