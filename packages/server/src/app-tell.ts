import type { Ground } from './app-ground.ts';
import { appError } from './platform/http/index.ts';
import { createOutboundGuard } from './platform/outbound/index.ts';
import { createChannels, type QueueCalls } from './tell/channels/index.ts';
import { createTeams } from './tell/teams/index.ts';

export type Tell = ReturnType<typeof buildTell>;

/** Builds what tells people of alerts. */
export function buildTell(ground: Ground) {
  const { config, db, clock, settings } = ground;
  const publicOrigin = () => settings.current.public_origin ?? config.publicUrl;
  const channels = createChannels({
    ...ground,
    version: config.version,
    guard: createOutboundGuard(config),
    mailServer: () => settings.mailServer,
    publicOrigin,
    queue: NO_QUEUE,
  });
  const teams = createTeams({ db, clock, hasMailServer: () => settings.mailServer !== undefined });
  return { channels, list: [channels, teams] };
}

/** What stands in the place of the queue of messages where this server runs none. */
const NO_QUEUE: QueueCalls = {
  enqueueTest: () =>
    Promise.reject(appError('invalid_state', 'This server has no queue by which messages go out.')),
  countQueued: () => Promise.resolve(new Map()),
};
