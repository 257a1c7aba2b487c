import type { Clock, HttpClient, Logger } from '@stratora/runtime';
import { ConfigFiles } from '../config/config-files.ts';
import type { TargetBoard } from '../intake/target-report.ts';
import type { ComponentSettings } from '../process/component-settings.ts';
import type { ServerLink } from '../process/server-link.ts';
import type { LaneSender } from '../sender/lane-sender.ts';
import type { Spool } from '../spool/spool.ts';
import { readNodeNames } from './node-names.ts';
import { OutageFiles } from './outage-files.ts';
import { OutageLink } from './outage-link.ts';
import { OutageMessenger } from './outage-messenger.ts';
import { OutageWatch } from './outage-watch.ts';

export interface OpenWatchOptions {
  settings: ComponentSettings;
  version: string;
  hostname: string;
  client: HttpClient;
  link: ServerLink;
  lanes: Readonly<Record<'live' | 'backlog', LaneSender>>;
  targets: TargetBoard;
  spool: Spool;
  clock: Clock;
  logger: Logger;
}

/** Opens what has people told when a collector cannot reach the server. It is not started yet. */
export function openOutageWatch(options: OpenWatchOptions): OutageWatch {
  const { settings, version, hostname, client, link, lanes, targets, spool, clock } = options;
  const { stateDirectory, serverUrl, outboundAllow } = settings;
  const logger = options.logger.child({ part: 'outage' });
  const configPath = new ConfigFiles(stateDirectory).enginePath;
  return new OutageWatch({
    collector: {
      caller: () => link.identity && { componentId: link.identity.component_id, apiKey: link.apiKey },
      heardCount: () => link.connection.heardCount + lanes.live.stats.batches + lanes.backlog.stats.batches,
      connection: () => link.connection,
      targets: () => targets.list(),
      nodeNames: () => readNodeNames(configPath, 'collector'),
      queue: () => spool.state,
    },
    files: new OutageFiles(stateDirectory, logger),
    link: new OutageLink(client, serverUrl),
    messenger: new OutageMessenger({ allow: outboundAllow, version, clock }),
    serverUrl,
    hostname,
    clock,
    logger,
  });
}
