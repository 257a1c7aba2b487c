import type { Clock, Logger } from '@stratora/runtime';
import type { AlertObserver } from '../../judge/alerts/index.ts';
import type { Database, DatabaseListener, Tx } from '../../platform/db/index.ts';
import type { ServerModule } from '../../platform/module.ts';
import { type ChannelSender, findChannel, type QueueCalls } from '../channels/index.ts';
import type { TeamObserver } from '../teams/index.ts';
import { countQueued } from './delivery-queries.ts';
import { deliveryRoutes } from './delivery-routes.ts';
import { escalationLoop } from './escalation-loop.ts';
import type { UrlsOf } from './message-builder.ts';
import { type Failpoint, MessageDelivery } from './message-delivery.ts';
import { MessageTaker } from './message-taker.ts';
import { OutboxFigures } from './outbox-figures.ts';
import { OutboxPlanner, type OutboxPlannerOptions } from './outbox-planner.ts';
import { OutboxSender } from './outbox-sender.ts';
import { databaseTime, insertLooseNotices, notifySenders, OUTBOX_CHANNEL } from './outbox-writing-queries.ts';
import { type Reminder, reminderLoop } from './reminder-loop.ts';

export interface OutboxOptions {
  db: Database;
  listener: Pick<DatabaseListener, 'on' | 'onGap'>;
  clock: Clock;
  logger: Logger;
  /** Sends a message by a channel, or by mail to a person. */
  sender: ChannelSender;
  readTeams: OutboxPlannerOptions['readTeams'];
  urls: UrlsOf;
  /** Ends the process at a step that a test names. */
  failpoint?: Failpoint | undefined;
}

export interface OutboxModule extends ServerModule, QueueCalls {
  /** Plans who is told of alerts, in the transaction that changes them. */
  readonly observe: AlertObserver;
  /** Plans anew what teams have begun, in the transaction that changes or deletes them. */
  readonly observeTeams: TeamObserver;
  /** Whether notices go out; those that do not degrade the health of the server. */
  isDelivering(): boolean;
}

/** Builds the module that sees to it that whoever is to hear of an alert does: it plans, escalates, sends and keeps account. */
export function createOutbox(options: OutboxOptions): OutboxModule {
  const { db, listener, clock, logger, failpoint = () => {} } = options;
  const time = databaseTime;
  const planner = new OutboxPlanner(options);
  const taker = new MessageTaker({ db, clock, logger, time });
  const delivery = new MessageDelivery({ ...options, time, failpoint });
  const sender = new OutboxSender({ db, clock, logger, taker, delivery });
  const figures = new OutboxFigures({ db, clock, logger });
  const reminding = reminderLoop({ ...options, enqueue: enqueueReminders, time });
  listener.on(OUTBOX_CHANNEL, () => sender.loop.trigger());
  listener.onGap(() => sender.loop.trigger());
  return {
    name: 'outbox',
    routes: { user: [deliveryRoutes(db)] },
    loops: [escalationLoop({ db, clock, logger, planner, time }), reminding, sender.loop, figures.loop],
    metrics: figures.metrics(() => planner.failures),
    observe: (tx, alertIds, at) => planner.note(tx, alertIds, at),
    observeTeams: async (tx, teamIds) => planner.noteTeams(tx, teamIds, await time(tx)),
    enqueueTest,
    countQueued,
    isDelivering: () => figures.isDelivering,
    stop: () => sender.stop(),
  };
}

/** Puts reminders into the queue; one that was there already is not added again. */
async function enqueueReminders(tx: Tx, reminders: readonly Reminder[]): Promise<void> {
  const notices = reminders.map((reminder) => ({ ...reminder, event: 'reminder' as const }));
  await insertLooseNotices(tx, notices, await databaseTime(tx));
  await notifySenders(tx);
}

/** Puts a test message to each recipient of a channel into the queue. @returns the id of the first delivery */
async function enqueueTest(tx: Tx, channelId: string): Promise<string> {
  const channel = await findChannel(tx, channelId);
  if (channel === undefined) throw new Error(`there is no channel ${channelId}`);
  const at = await databaseTime(tx);
  const notices = channel.recipients.map((recipient) => ({
    event: 'test' as const,
    subject: `${channelId} ${at.toISOString()} ${crypto.randomUUID()}`,
    detail: {},
    teamId: null,
    teamName: null,
    channelId,
    channelName: channel.name,
    recipient,
  }));
  const [first] = await insertLooseNotices(tx, notices, at);
  if (first === undefined) throw new Error(`the channel ${channelId} has no recipient`);
  await notifySenders(tx);
  return first;
}
