import { createHash } from 'node:crypto';
import type {
  ChannelConfig,
  EmailConfig,
  MailServer,
  OutageChannel,
  OutageChannelType,
  OutageNoticeSetting,
  OutageOrders,
  WebhookConfig,
} from '@stratora/contract';
import type { Channel } from '../channels/index.ts';

/** Seconds after which a collector says again that the server is away. */
const REPEAT_SECONDS = 3600;
/** The mark of orders to tell nobody. */
const NO_ORDERS_MARK = 'none';

/** What the orders of a collector are made of. */
export interface OrderFacts {
  /** Null: nobody is to be told. */
  setting: OutageNoticeSetting | null;
  collector: { id: string; name: string };
  /** The channels of the setting that there still are. */
  channels: readonly Channel[];
  hasMailServer: boolean;
  /** Changes whenever the mail server or its password does. */
  mailServerMark: string;
  serverOrigin: string;
}

/** A channel of the setting, and why nothing would go out by it. */
export interface OrderedChannel {
  channel: Channel;
  fault: string | null;
}

/** Returns the setting as it is for a collector: null where it is to tell nobody. */
export function settingFor(
  setting: OutageNoticeSetting | null,
  collectorId: string,
): OutageNoticeSetting | null {
  if (setting === null) return null;
  const { collector_ids: chosen } = setting;
  return chosen === null || chosen.includes(collectorId) ? setting : null;
}

/** Says of each channel of the setting whether anything would go out by it. */
export function judgeChannels({
  channels,
  hasMailServer,
}: Pick<OrderFacts, 'channels' | 'hasMailServer'>): OrderedChannel[] {
  return channels.map((channel) => ({ channel, fault: faultOf(channel, hasMailServer) }));
}

function faultOf({ enabled, type }: Channel, hasMailServer: boolean): string | null {
  if (!enabled) return 'It is switched off.';
  return type === 'email' && !hasMailServer ? 'There is no mail server in the settings.' : null;
}

/**
 * Returns the mark of the orders of a collector, which changes whenever they do. It is made of what is stored sealed, so
 * that it tells nothing of the secrets in them.
 */
export function markOf(facts: OrderFacts): string {
  const { setting, collector, serverOrigin, mailServerMark } = facts;
  const usable = judgeChannels(facts).filter(({ fault }) => fault === null);
  if (setting === null || usable.length === 0) return NO_ORDERS_MARK;
  const parts = usable.map(({ channel: { id, name, type, sealed } }) => [
    id,
    name,
    type,
    sealed.keyVersion,
    sealed.body.toString('base64'),
  ]);
  const hasMail = usable.some(({ channel }) => channel.type === 'email');
  const all = [
    setting.after_seconds,
    REPEAT_SECONDS,
    collector.id,
    collector.name,
    serverOrigin,
    parts,
    hasMail ? mailServerMark : null,
  ];
  return createHash('sha256').update(JSON.stringify(all)).digest('base64url');
}

/**
 * Makes the orders of a collector; null where it can tell nobody.
 *
 * @param open opens the config of a channel; undefined where it cannot be opened here
 */
export function ordersOf(
  facts: OrderFacts,
  open: (channel: Channel) => ChannelConfig | undefined,
  mailServer: MailServer | undefined,
): OutageOrders | null {
  const { setting, collector, serverOrigin } = facts;
  if (setting === null) return null;
  const channels = judgeChannels(facts).flatMap(({ channel, fault }): OutageChannel[] => {
    const config = fault === null ? open(channel) : undefined;
    return config === undefined ? [] : [orderedChannel(channel, config)];
  });
  if (channels.length === 0) return null;
  const hasMail = channels.some(({ type }) => type === 'email');
  return {
    after_seconds: setting.after_seconds,
    repeat_seconds: REPEAT_SECONDS,
    collector,
    server_origin: serverOrigin,
    channels,
    mail_server: hasMail ? (mailServer ?? null) : null,
  };
}

function orderedChannel({ id, name, type }: Channel, config: ChannelConfig): OutageChannel {
  return (type as OutageChannelType) === 'email'
    ? { id, name, type: 'email', config: config as EmailConfig }
    : { id, name, type: 'webhook', config: config as WebhookConfig };
}
