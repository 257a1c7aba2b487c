import type { TellingWay } from '../../judge/evaluation/index.ts';
import type { ServerModule } from '../../platform/module.ts';
import { type HeartbeatOptions, heartbeatLoop } from './heartbeat-loop.ts';
import { findHeartbeat } from './heartbeat-queries.ts';

export interface HeartbeatModule extends ServerModule {
  /** How the sign of life fares, for the rule that judges it; none where there is no address for it. */
  ways(): Promise<TellingWay[]>;
}

/** Builds the module that sends a sign of life to an address outside, as long as all is well. */
export function createHeartbeat(options: HeartbeatOptions): HeartbeatModule {
  return {
    name: 'outward heartbeat',
    loops: [heartbeatLoop(options)],
    async ways() {
      const setting = options.setting();
      if (setting === null) return [];
      const record = await findHeartbeat(options.db);
      const isOfIt = record?.url === setting.url;
      return [
        {
          name: 'Heartbeat',
          failingSince: isOfIt ? record.failingSince : null,
          message: isOfIt ? record.message : null,
        },
      ];
    },
  };
}
