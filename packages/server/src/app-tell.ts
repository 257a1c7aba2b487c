import { Poster } from '@stratora/notifier';
import type { Ground } from './app-ground.ts';
import { createOutboundGuard } from './platform/outbound/index.ts';
import { createChannels } from './tell/channels/index.ts';
import { createHeartbeat } from './tell/heartbeat/index.ts';
import { createOutageNotices } from './tell/outage-notices/index.ts';
import { createOutbox, listWays, readTeamBook } from './tell/outbox/index.ts';
import { createTeams } from './tell/teams/index.ts';

export type Tell = ReturnType<typeof buildTell>;

export interface TellOptions {
  /** Returns the link by which a recipient acknowledges an alert without a login, for a day from a time. */
  acknowledgeUrlOf: (alertId: string, recipient: string, at: Date) => string;
  /** Whether this server can do its work. */
  isWell: () => Promise<boolean>;
  /** Ends the process at a step that a test names. */
  failpoint: ((name: string) => void) | undefined;
}

/** Builds what tells people of alerts. */
export function buildTell(ground: Ground, { acknowledgeUrlOf, isWell, failpoint }: TellOptions) {
  const { config, db, clock, settings } = ground;
  const { version } = config;
  const publicOrigin = publicOriginOf(ground);
  const guard = createOutboundGuard(config);
  const channels = createChannels({
    ...ground,
    version,
    guard,
    mailServer: () => settings.mailServer,
    publicOrigin,
    queue: {
      enqueueTest: (tx, channelId) => outbox.enqueueTest(tx, channelId),
      countQueued: (from, channelIds) => outbox.countQueued(from, channelIds),
    },
  });
  const teams = createTeams({
    db,
    clock,
    hasMailServer: () => settings.mailServer !== undefined,
    observe: (tx, teamIds) => outbox.observeTeams(tx, teamIds),
  });
  const outbox = createOutbox({
    ...ground,
    sender: channels,
    readTeams: readTeamBook,
    urls: (recipient, formedAt) => ({
      alert: (id) => `${publicOrigin()}/alerts/${id}`,
      acknowledge: (id) => acknowledgeUrlOf(id, recipient, formedAt),
      all: `${publicOrigin()}/alerts`,
    }),
    failpoint,
  });
  const heartbeat = createHeartbeat({
    ...ground,
    version,
    setting: () => settings.current.heartbeat,
    isWell,
    poster: new Poster({ guard, version, now: () => new Date(clock.now()) }),
  });
  const outageNotices = createOutageNotices({
    db,
    setting: () => settings.current.outage_notice,
    mailServer: () => settings.mailServer,
    mailServerMark: () => settings.mailServerMark,
    publicOrigin,
    openChannel: (channel) => channels.open(channel),
  });
  /** How all ways fare by which people are told. */
  const ways = async () => [...(await listWays(db)), ...(await heartbeat.ways())];
  return { channels, outbox, ways, list: [channels, teams, outbox, heartbeat, outageNotices] };
}

/** Returns what gives the address by which people reach the server. */
export function publicOriginOf({ config, settings }: Pick<Ground, 'config' | 'settings'>): () => string {
  return () => settings.current.public_origin ?? config.publicUrl;
}
