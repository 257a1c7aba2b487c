import type { ChannelConfig, MailServer } from '@stratora/contract';
import { type MailLimits, Poster } from '@stratora/notifier';
import type { Clock, Logger, OutboundGuard } from '@stratora/runtime';
import type { Database } from '../../platform/db/index.ts';
import type { ServerModule } from '../../platform/module.ts';
import { type KeyRing, RecordSealer } from '../../platform/secrets/index.ts';
import type { Channel, ChannelSender, QueueCalls } from './channel.ts';
import { ChannelPreviews } from './channel-previews.ts';
import { channelRoutes } from './channel-routes.ts';
import { ChannelService } from './channel-service.ts';
import { MailNotifier } from './mail/mail-notifier.ts';
import { MessageSender } from './message-sender.ts';
import { CHANNEL_KIND, SEALED_CHANNELS } from './sealed-channel-queries.ts';
import { SlackNotifier } from './slack/slack-notifier.ts';
import { TeamsNotifier } from './teams/teams-notifier.ts';
import { WebhookNotifier } from './webhook/webhook-notifier.ts';

export interface ChannelsOptions {
  db: Database;
  keys: KeyRing;
  clock: Clock;
  logger: Logger;
  version: string;
  /** Judges where messages may go. */
  guard: Pick<OutboundGuard, 'resolve'>;
  /** The mail server in force, with its password; undefined where there is none. */
  mailServer: () => MailServer | undefined;
  /** The address by which people reach the server, for links and the ids of mails. */
  publicOrigin: () => string;
  queue: QueueCalls;
  /** Times that a try has; for tests. */
  limits?: { mail?: MailLimits; postMs?: number };
}

export interface ChannelsModule extends ServerModule, ChannelSender {
  /** Opens the config of a channel, with its secrets; undefined where it cannot be opened here. */
  open(channel: Channel): ChannelConfig | undefined;
}

/** Builds the module of notification channels: who is written to, and how a message gets there. */
export function createChannels(options: ChannelsOptions): ChannelsModule {
  const { db, keys, clock, logger, guard, publicOrigin, queue, limits = {} } = options;
  const sealer = new RecordSealer(keys, CHANNEL_KIND);
  const now = () => new Date(clock.now());
  const poster = new Poster({
    guard,
    version: options.version,
    now,
    ...(limits.postMs === undefined ? {} : { timeoutMs: limits.postMs }),
  });
  const email = new MailNotifier({
    guard,
    mailServer: options.mailServer,
    publicOrigin,
    now,
    ...(limits.mail === undefined ? {} : { limits: limits.mail }),
  });
  const notifiers = {
    email,
    webhook: new WebhookNotifier(poster),
    slack: new SlackNotifier(poster),
    teams: new TeamsNotifier(poster),
  };
  const sender = new MessageSender({ notifiers, sealer, logger });
  const service = new ChannelService({ db, sealer, queue });
  const previews = new ChannelPreviews({ shows: notifiers, now, publicOrigin });
  return {
    name: 'notification channels',
    sealed: [SEALED_CHANNELS],
    routes: { user: [channelRoutes(service, previews)] },
    send: (way, message, signal) => sender.send(way, message, signal),
    open: (channel) => service.opened(channel),
    stop: async () => email.close(),
  };
}
