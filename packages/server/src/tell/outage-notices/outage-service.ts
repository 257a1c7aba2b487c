import type {
  ChannelConfig,
  MailServer,
  OutageChannelType,
  OutageNoticeSetting,
  OutageNotices,
  OutageOrders,
  OutageReport,
  OutageStanding,
} from '@stratora/contract';
import { sanitizeText } from '@stratora/runtime';
import { type Actor, appendAudit, SERVER_ACTOR } from '../../platform/audit/index.ts';
import type { Database } from '../../platform/db/index.ts';
import { publishEvents } from '../../platform/events/index.ts';
import { notFound } from '../../platform/http/index.ts';
import { type Channel, findChannel } from '../channels/index.ts';
import { judgeChannels, markOf, type OrderFacts, ordersOf, settingFor } from './outage-orders.ts';
import {
  findCollectorName,
  findHeldOrders,
  keepOutage,
  listOutages,
  noteDeliveredOrders,
  noteHeldOrders,
} from './outage-queries.ts';

export interface OutageServiceOptions {
  db: Database;
  /** The setting in force; null: nobody is told. */
  setting: () => OutageNoticeSetting | null;
  /** The mail server with its password, and what changes whenever that does. */
  mailServer: () => MailServer | undefined;
  mailServerMark: () => string;
  /** The address by which people reach the server. */
  publicOrigin: () => string;
  /** Opens the config of a channel; undefined where it cannot be opened here. */
  openChannel: (channel: Channel) => ChannelConfig | undefined;
}

/** A call of a component, for the audit log. */
export type CallOfCollector = Pick<Actor, 'requestId' | 'address'>;

/** The orders that a collector is given; undefined where it has them. */
export interface DeliveredOrders {
  mark: string;
  orders: OutageOrders | null | undefined;
}

/** The service of outage notices: it gives collectors their orders, and keeps what they told. */
export class OutageService {
  readonly #options: OutageServiceOptions;

  constructor(options: OutageServiceOptions) {
    this.#options = options;
  }

  /** @param known the mark of the orders that the collector says it has */
  async deliver(id: string, known: string | undefined, call: CallOfCollector): Promise<DeliveredOrders> {
    const { db, openChannel, mailServer } = this.#options;
    const facts = await this.#factsOf(id);
    const mark = markOf(facts);
    if (known !== undefined) await noteHeldOrders(db, id, known);
    if (known === mark) return { mark, orders: undefined };
    const orders = ordersOf(facts, openChannel, mailServer());
    await db.transaction().execute(async (tx) => {
      if (!(await noteDeliveredOrders(tx, id, mark)) || orders === null) return;
      await appendAudit(tx, actorOfCollector(facts.collector.name, call), {
        action: 'outage_orders.deliver',
        ...objectOf(id),
        detail: { channels: orders.channels.map(({ name }) => name), after_seconds: orders.after_seconds },
      });
    });
    return { mark, orders };
  }

  /** Keeps what a collector tells of an outage that is over. */
  async report(id: string, report: OutageReport, call: CallOfCollector): Promise<void> {
    const { db } = this.#options;
    const name = (await findCollectorName(db, id)) ?? '';
    const beganAt = new Date(report.began_at);
    const tellings = report.tellings.map((telling) => ({
      ...telling,
      channel_name: sanitizeText(telling.channel_name, 400),
      recipient: sanitizeText(telling.recipient, 400),
      message: sanitizeText(telling.message, 1024),
    }));
    const outage = {
      id: report.id,
      beganAt,
      // The collector's clock may have been set back meanwhile.
      endedAt: new Date(Math.max(beganAt.getTime(), Date.parse(report.ended_at))),
      lastError: sanitizeText(report.last_error, 1024),
      tellings,
    };
    await db.transaction().execute(async (tx) => {
      const isNew = await keepOutage(tx, id, outage);
      await publishEvents(tx, [{ name: 'component_changed', data: { id, change: 'updated' } }]);
      if (!isNew) return;
      const recipients = tellings.filter(({ state }) => state === 'accepted').map((one) => one.recipient);
      await appendAudit(tx, actorOfCollector(name, call), {
        action: 'outage.report',
        ...objectOf(id),
        detail: {
          began_at: outage.beganAt.toISOString(),
          ended_at: outage.endedAt.toISOString(),
          told: [...new Set(recipients)],
        },
      });
    });
  }

  /** @throws AppError not_found where there is no such collector */
  async show(id: string): Promise<OutageNotices> {
    const { db } = this.#options;
    if ((await findCollectorName(db, id)) === undefined) throw notFound('This collector');
    const facts = await this.#factsOf(id);
    const channels = judgeChannels(facts);
    const held = await findHeldOrders(db, id);
    const outages = await listOutages(db, id);
    return {
      standing: standingOf(
        facts,
        channels.some(({ fault }) => fault === null),
        held?.mark,
      ),
      after_seconds: facts.setting?.after_seconds ?? null,
      channels: channels.map(({ channel: { id: channelId, name, type }, fault }) => ({
        id: channelId,
        name,
        type: type as OutageChannelType,
        fault,
      })),
      fetched_at: held?.since.toISOString() ?? null,
      outages: outages.map(({ began_at, ended_at, reported_at, ...rest }) => ({
        ...rest,
        began_at: began_at.toISOString(),
        ended_at: ended_at.toISOString(),
        reported_at: reported_at.toISOString(),
      })),
    };
  }

  async #factsOf(id: string): Promise<OrderFacts> {
    const { db, setting, mailServer, mailServerMark, publicOrigin } = this.#options;
    const own = settingFor(setting(), id);
    const found = await Promise.all((own?.channel_ids ?? []).map((channel) => findChannel(db, channel)));
    return {
      setting: own,
      collector: { id, name: (await findCollectorName(db, id)) ?? '' },
      channels: found.filter((channel) => channel !== undefined),
      hasMailServer: mailServer() !== undefined,
      mailServerMark: mailServerMark(),
      serverOrigin: publicOrigin(),
    };
  }
}

function standingOf(facts: OrderFacts, canTell: boolean, held: string | undefined): OutageStanding {
  if (facts.setting === null) return 'off';
  if (!canTell) return 'no_channel';
  return held === markOf(facts) ? 'armed' : 'pending';
}

function objectOf(id: string) {
  return { objectType: 'component', objectId: id };
}

function actorOfCollector(name: string, call: CallOfCollector): Actor {
  return { ...SERVER_ACTOR, name: `collector ${name}`, ...call };
}
