import type { Alert, ListAnswer } from '@stratora/contract';
import { NetworkLab, STALL_MS, waitFor } from '@stratora/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pause } from './component-fixture.ts';
import { seconds, showTable } from './measured-table.ts';
import { type PoweredDevice, PoweredPlant } from './powered-plant.ts';
import { ToldPeople } from './told-people.ts';

/** Devices of the plant. */
const DEVICES = 30;
/** Devices that are switched off, spread over one interval, so that every phase of it is met. */
const VICTIMS = 3;
const INTERVAL_MS = 10_000;
/** The settings to measure, by STRATORA_TEST_POWER_SETTINGS; the default one takes seven minutes. */
const SETTINGS = (process.env['STRATORA_TEST_POWER_SETTINGS'] ?? 'fast').split(',');

interface Setting {
  readonly slug: string;
  /** Milliseconds from the last good sample to the alert, and from the return of the power to its end. */
  readonly alertMs: number;
  readonly resolveMs: number;
}

const KNOWN: Readonly<Record<string, Setting>> = {
  fast: { slug: 'node_unreachable_fast', alertMs: 20_000, resolveMs: 30_000 },
  // 300 s of silence, and then the next cycle; 20 s of good data.
  default: { slug: 'node_unreachable', alertMs: 315_000, resolveMs: 45_000 },
};

/** Milliseconds from the last good sample until whoever is on call was told, by the fast setting. */
const TOLD_MS = 25_000;
/** Milliseconds from a message to the next one to the same recipient. */
const GROUPED_MS = 60_000;

/** What happened to one device. Epoch milliseconds. */
interface Outage {
  offAt: number;
  lastGoodAt: number;
  alertAt: number;
  onAt: number;
  resolvedAt: number;
}

describe.skipIf(!NetworkLab.isPossible())('a device that is switched off', () => {
  let plant: PoweredPlant;
  let people: ToldPeople | undefined;

  beforeAll(async () => {
    plant = await PoweredPlant.start(DEVICES);
    await plant.system.api.expect('PATCH', '/api/v1/settings', { node_settle_seconds: 0 });
    await plant.enable('node_unreachable_fast', SETTINGS.includes('fast'));
    await plant.untilHealthy();
  });
  afterAll(async () => {
    await people?.dispose();
    await plant?.dispose();
  });

  async function alertOf(
    { id }: PoweredDevice,
    slug: string,
    state: Alert['state'],
  ): Promise<Alert | undefined> {
    const { items } = await plant.system.api.get<ListAnswer<Alert>>(
      `/api/v1/alerts?state=${state}&node_id=${id}&limit=500`,
    );
    return items.find(({ alert_key: key }) => key === slug);
  }

  /** Reads the time of the last ping that was answered. */
  async function lastGoodOf({ id }: PoweredDevice): Promise<number> {
    const samples = encodeURIComponent(`ping_percent_packet_loss{node_id="${id}"}[10m]`);
    const { data } = await plant.system.api.get<{ data: { result: { values: [number, string][] }[] } }>(
      `/api/v1/metrics/query?query=${samples}`,
    );
    const good = data.result.flatMap(({ values }) => values).filter(([, loss]) => Number(loss) < 99);
    return Math.max(...good.map(([time]) => time * 1000));
  }

  async function switchOff(device: PoweredDevice, { slug, alertMs, resolveMs }: Setting): Promise<Outage> {
    plant.setPower(device, 'off');
    const offAt = Date.now();
    await waitFor(() => alertOf(device, slug, 'active'), {
      timeoutMs: alertMs + 30_000,
      what: `${slug} of ${device.id}`,
    });
    const alertAt = Date.now();
    const lastGoodAt = await lastGoodOf(device);
    plant.setPower(device, 'on');
    const onAt = Date.now();
    await waitFor(() => alertOf(device, slug, 'resolved'), {
      timeoutMs: resolveMs + 30_000,
      what: 'its end',
    });
    const resolvedAt = Date.now();
    return { offAt, lastGoodAt, alertAt, onAt, resolvedAt };
  }

  it.each(SETTINGS)(
    'is told of in time, and so is its return: the %s setting',
    async (name) => {
      const setting = KNOWN[name];
      if (setting === undefined) throw new Error(`there is no setting ${name}`);
      const isFast = name === 'fast';
      await plant.enable('node_unreachable_fast', isFast);
      // The phase of the first one is anywhere in the interval.
      const victims = plant.devices.slice(0, VICTIMS);
      const outages = await Promise.all(
        victims.map(async (device, at) => {
          await pause((at * INTERVAL_MS) / VICTIMS);
          return switchOff(device, setting);
        }),
      );
      const rows = outages.map(({ offAt, lastGoodAt, alertAt, onAt, resolvedAt }) => ({
        'last good sample to alert (s)': seconds(alertAt - lastGoodAt),
        'switched off to alert (s)': seconds(alertAt - offAt),
        'switched on to resolved (s)': seconds(resolvedAt - onAt),
      }));
      showTable(`powered-off, ${name} setting`, rows, [
        `${DEVICES} simulated switches, ${VICTIMS} switched off`,
      ]);
      for (const { lastGoodAt, alertAt, onAt, resolvedAt } of outages) {
        expect(alertAt - lastGoodAt).toBeLessThanOrEqual(setting.alertMs + STALL_MS);
        expect(resolvedAt - onAt).toBeLessThanOrEqual(setting.resolveMs + STALL_MS);
      }
    },
    600_000,
  );

  it('is told by mail and webhook, taken on by the link in the mail, and its return is told to both', async () => {
    await plant.enable('node_unreachable_fast', true);
    people = await ToldPeople.start(plant.system, plant.lab.testAddress);
    const told = people;
    const device = plant.devices[VICTIMS];
    if (device === undefined) throw new Error('the plant is too small');
    const name = `switch-${device.address}`;
    const slow = { timeoutMs: TOLD_MS + 30_000, everyMs: 50 };
    plant.setPower(device, 'off');
    const [mail] = await Promise.all([
      waitFor(async () => (await told.mails(name))[0], { ...slow, what: 'the mail' }),
      waitFor(() => told.posts('alert', device.id).length > 0, { ...slow, what: 'the post' }),
    ]);
    const toldAt = Date.now();
    const lastGoodAt = await lastGoodOf(device);
    const [, link = ''] = /(\/api\/v1\/acknowledge\/[\w-]+)/.exec(mail.text ?? '') ?? [];
    expect((await plant.system.api.call('POST', link)).status).toBe(200);
    const alert = await alertOf(device, 'node_unreachable_fast', 'active');
    expect(alert?.acknowledged?.by).toBe('oncall@plant.example (by link)');
    plant.setPower(device, 'on');
    const onAt = Date.now();
    // What comes within a minute of a message to the same recipient goes out together at its end.
    const later = { timeoutMs: GROUPED_MS + 60_000, everyMs: 100 };
    const [over] = await Promise.all([
      waitFor(async () => (await told.mails(name))[1], { ...later, what: 'the mail that it is over' }),
      waitFor(() => told.posts('alert_resolved', device.id).length > 0, {
        ...later,
        what: 'the post of that',
      }),
    ]);
    const overAt = Date.now();
    const times = {
      'last good sample to mail and webhook (s)': seconds(toldAt - lastGoodAt),
      'switched on to all-clear at both (s)': seconds(overAt - onAt),
    };
    showTable('told', [times], [`${DEVICES} simulated switches, one switched off, the fast setting`]);
    expect(over.subject).toMatch(/^RESOLVED/);
    expect(over.references).toContain(mail.messageId);
    expect([told.posts('alert', device.id).length, told.posts('alert_resolved', device.id).length]).toEqual([
      1, 1,
    ]);
    expect(await told.mails(name)).toHaveLength(2);
    expect(toldAt - lastGoodAt).toBeLessThanOrEqual(TOLD_MS + STALL_MS);
  }, 300_000);
});
