import { startBackend, type TestBackend } from '@stratora/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const PATH = '/api/v1/maintenance-windows';

describe('the calendar of maintenance', () => {
  let backend: TestBackend;
  let site: string;
  let token: string;

  beforeAll(async () => {
    backend = await startBackend();
    const password = 'a password for tests';
    const viewer = { username: 'viewer', role: 'viewer', password, must_change_password: false };
    await backend.admin('POST', '/api/v1/users', viewer);
    token = await backend.login('viewer', password);
    site = (await backend.admin('POST', '/api/v1/sites', { name: 'Halle' })).id as string;
  });
  afterAll(() => backend?.stop());

  const make = async (body: object) => (await backend.admin('POST', PATH, body)).id as string;
  const between = (from: string, to: string) =>
    backend.admin('GET', `${PATH}/calendar?from=${encodeURIComponent(from)}&to=${encodeURIComponent(to)}`);

  it('has each time of every window that takes place in it, whole and the earliest first', async () => {
    const nightly = await make({
      name: 'Nightly',
      scope: { type: 'site', id: site },
      starts_at: '2098-03-28T22:00:00+01:00',
      ends_at: '2098-03-29T01:00:00+01:00',
      rrule: 'FREQ=DAILY;COUNT=90',
      exdates: ['2098-03-31'],
      timezone: 'Europe/Berlin',
    });
    const once = await make({
      name: 'Once',
      scope: { type: 'global' },
      starts_at: '2098-03-29T12:00:00Z',
      ends_at: '2098-04-02T12:00:00Z',
    });
    await make({
      name: 'Much later',
      scope: { type: 'global' },
      starts_at: '2098-09-01T00:00:00Z',
      ends_at: '2098-09-01T01:00:00Z',
    });
    const { items, complete } = await between('2098-03-29T00:00:00+01:00', '2098-04-02T00:00:00+02:00');
    expect(complete).toBe(true);
    // The clocks of Berlin go forward on 30 March 2098 at 02:00.
    expect(
      items.map(({ window_id: id, starts_at: from, ends_at: to }: Record<string, string>) => [id, from, to]),
    ).toEqual([
      [nightly, '2098-03-28T21:00:00.000Z', '2098-03-29T00:00:00.000Z'],
      [once, '2098-03-29T12:00:00.000Z', '2098-04-02T12:00:00.000Z'],
      [nightly, '2098-03-29T21:00:00.000Z', '2098-03-30T00:00:00.000Z'],
      [nightly, '2098-03-30T20:00:00.000Z', '2098-03-30T23:00:00.000Z'],
      [nightly, '2098-04-01T20:00:00.000Z', '2098-04-01T23:00:00.000Z'],
    ]);
    expect(items[0]).toMatchObject({
      name: 'Nightly',
      scope: { type: 'site', id: site },
      scope_name: 'Halle',
    });
    expect(items[1]).toMatchObject({ scope: { type: 'global', id: null }, scope_name: null });
    expect((await between('2098-05-10T00:00:00Z', '2098-06-20T00:00:00Z')).items).toHaveLength(41);
    expect((await between('2098-07-01T00:00:00Z', '2098-08-01T00:00:00Z')).items).toEqual([]);
  });

  it('is of 45 days at most, and ends after it begins', async () => {
    for (const [from, to, message] of [
      ['2098-01-01T00:00:00Z', '2098-03-01T00:00:00Z', 'must be 45 days after from at most'],
      ['2098-01-01T00:00:00Z', '2098-01-01T00:00:00Z', 'must be after from'],
    ] as const) {
      const answer = await backend.call('GET', `${PATH}/calendar?from=${from}&to=${to}`, { token });
      expect(answer.status, answer.text).toBe(400);
      expect(answer.json.errors).toEqual([{ path: 'to', message }]);
    }
  });
});
