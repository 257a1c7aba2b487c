import type { Ground } from './app-ground.ts';
import { createOutboundGuard } from './platform/outbound/index.ts';
import { createChannels } from './tell/channels/index.ts';
import { createOutbox, readTeamBook } from './tell/outbox/index.ts';
import { createTeams } from './tell/teams/index.ts';

export type Tell = ReturnType<typeof buildTell>;

export interface TellOptions {
  /** Returns the link by which a recipient acknowledges an alert without a login, for a day from a time. */
  acknowledgeUrlOf: (alertId: string, recipient: string, at: Date) => string;
  /** Ends the process at a step that a test names. */
  failpoint: ((name: string) => void) | undefined;
}

/** Builds what tells people of alerts. */
export function buildTell(ground: Ground, { acknowledgeUrlOf, failpoint }: TellOptions) {
  const { config, db, clock, settings } = ground;
  const publicOrigin = () => settings.current.public_origin ?? config.publicUrl;
  const channels = createChannels({
    ...ground,
    version: config.version,
    guard: createOutboundGuard(config),
    mailServer: () => settings.mailServer,
    publicOrigin,
    queue: {
      enqueueTest: (tx, channelId) => outbox.enqueueTest(tx, channelId),
      countQueued: (from, channelIds) => outbox.countQueued(from, channelIds),
    },
  });
  const teams = createTeams({ db, clock, hasMailServer: () => settings.mailServer !== undefined });
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
  return { channels, outbox, list: [channels, teams, outbox] };
}
