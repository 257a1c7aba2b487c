import { type Clock, type Logger, periodic } from '@stratora/runtime';
import type { QueryClient, SeriesClient } from '@stratora/victoriametrics';
import type { ServerModule } from '../../platform/module.ts';
import { InterfaceIdentity, type SharedName, TWIN_TAG } from './interface-identity.ts';
import { INFO_SERIES, InterfaceInfos } from './interface-infos.ts';

export interface InterfacesOptions {
  query: Pick<QueryClient, 'query'>;
  series: Pick<SeriesClient, 'write'>;
  clock: Clock;
  logger: Logger;
  /** The place of the first of `INTERFACE_TAGS` among what the scanner of ingest watches. */
  firstPlace: number;
}

export interface InterfacesModule extends ServerModule {
  readonly identity: InterfaceIdentity;
}

const NAMES_EVERY_MS = 60_000;
const QUERY_TIMEOUT_MS = 5_000;
/** How far back shared names are looked for at the start, and later on, when other servers may have found some. */
const AT_START = '7d';
const LATER = '15m';
/** Samples beyond which it is no chance: a name that moves while its table is read shows twice, once. */
const CHANCE_SAMPLES = 2;

/**
 * Builds the module that knows interfaces by their names. Which names are shared is remembered by the info series in the
 * store, so that a server that starts, and each of several, tells interfaces apart as the others do.
 */
export function createInterfaces(options: InterfacesOptions): InterfacesModule {
  const { clock, logger, firstPlace } = options;
  const infos = new InterfaceInfos(options);
  const identity = new InterfaceIdentity({ firstPlace, onChange: (nodeId) => infos.noteChange(nodeId) });
  const remember = async (range: string, signal?: AbortSignal) => {
    const names = await readSharedNames(options, range, signal);
    for (const name of names ?? []) identity.remember(name, clock.now());
    if (names === undefined) logger.debug('shared names of interfaces not read');
  };
  const loop = periodic({
    name: 'interface-names',
    intervalMs: NAMES_EVERY_MS,
    clock,
    logger,
    run: (signal) => remember(LATER, signal),
  });
  return {
    name: 'interfaces',
    identity,
    loops: [infos.loop, loop],
    metrics: [
      {
        name: 'interfaces_known',
        help: 'Interfaces, and names that several of a node share, that ingest keeps in memory.',
        read: () => identity.size,
      },
    ],
    prepare: () => remember(AT_START),
  };
}

/** Reads which names interfaces share; undefined when the store does not say. */
async function readSharedNames(
  { query, clock }: InterfacesOptions,
  range: string,
  signal?: AbortSignal,
): Promise<SharedName[] | undefined> {
  const counted = `count_over_time(${INFO_SERIES}{${TWIN_TAG}!=""}[${range}])`;
  const expression = `sum by (node_id, ifName, ifDescr, ${TWIN_TAG}) (${counted}) > ${CHANCE_SAMPLES}`;
  const answer = await query.query(expression, clock.now(), {
    timeoutMs: QUERY_TIMEOUT_MS,
    isWhole: true,
    ...(signal ? { signal } : {}),
  });
  return answer.ok ? answer.value.flatMap(({ metric }) => sharedName(metric)) : undefined;
}

/** Reads a shared name from the labels of an info series; nothing for an interface that has no name to share. */
export function sharedName(metric: Readonly<Record<string, string>>): SharedName[] {
  const descr = metric['ifDescr'] ?? '';
  const name = metric['ifName'] || descr;
  const nodeId = metric['node_id'] ?? '';
  if (name === '' || nodeId === '') return [];
  return [{ nodeId, name, descr, isByIndex: metric[TWIN_TAG] !== descr }];
}
