import { createHash } from 'node:crypto';
import type { Clock } from '@stratora/runtime';
import type { Database, LedRound } from '../../../platform/db/index.ts';
import { publishEvents } from '../../../platform/events/index.ts';
import { layOutInThread } from './layout-thread.ts';
import type { LaidOut } from './map-layout.ts';
import type { MapThingInput } from './map-thing.ts';
import { findLayoutMark, listMapLinks, listMapThings, markLayout, writeLayout } from './position-queries.ts';

/**
 * Lays out what is new on the map, if anything is: other things, links or sites than the newest layout was made of, or one that
 * somebody asked for.
 */
export async function layOutIfDue(
  db: Database,
  round: Pick<LedRound, 'fenced'>,
  clock: Clock,
): Promise<void> {
  const things = await listMapThings(db);
  const links = await listMapLinks(db);
  const mark = markOf(things, links);
  if ((await findLayoutMark(db)) === mark) return;
  const { laidOut, isPlain } = await layOutInThread({ things, links }, { clock });
  const before = new Map(things.map(({ id, at }) => [id, at]));
  const changed = laidOut.filter((place) => isOther(place, before.get(place.id) ?? null));
  await round.fenced(async (tx) => {
    await writeLayout(tx, changed);
    await markLayout(tx, mark, isPlain, new Date(clock.now()));
    await publishEvents(tx, [{ name: 'topology_changed', data: { site_id: null, change: 'layout' } }]);
  });
}

function isOther({ x, y, tier }: LaidOut, at: MapThingInput['at']): boolean {
  return at === null || at.tier !== tier || at.x !== x || at.y !== y;
}

/** A text that is the same while a layout would be made of the same. */
function markOf(things: readonly MapThingInput[], links: readonly (readonly [string, string])[]): string {
  const hash = createHash('sha256');
  for (const { id, siteId, isInfrastructure } of things) hash.update(`${id} ${siteId} ${isInfrastructure}\n`);
  for (const [a, b] of links) hash.update(`${a} ${b}\n`);
  return hash.digest('base64url');
}
