import type { LaidOut, LayoutOrder } from './map-layout.ts';
import { CELL_HEIGHT, CELL_WIDTH, ZONE_GAP } from './map-thing.ts';
import { gridOf } from './site-box.ts';

/** Puts what has no place yet into a grid for each site, below all that has one: the layout that never takes long. */
export function plainLayout({ things }: LayoutOrder): LaidOut[] {
  const placed = things.flatMap(({ id, at }) =>
    at === null ? [] : [{ id, tier: at.tier, x: at.x, y: at.y }],
  );
  let y = placed.reduce((most, place) => Math.max(most, place.y + CELL_HEIGHT / 2), 0);
  if (placed.length > 0) y += ZONE_GAP;
  const left = placed.reduce((least, place) => Math.min(least, place.x - CELL_WIDTH / 2), 0);
  const sites = Map.groupBy(
    things.filter(({ at }) => at === null),
    ({ siteName, siteId }) => `${siteName} ${siteId}`,
  );
  const fresh = [...sites]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, members]) => {
      const sorted = members.toSorted((a, b) => (`${a.name} ${a.id}` < `${b.name} ${b.id}` ? -1 : 1));
      const box = gridOf(sorted.map(({ id }) => id));
      const top = y;
      y += box.height + ZONE_GAP;
      return box.places.map(
        ([id, place]): LaidOut => ({ id, tier: null, x: left + place.x, y: top + place.y }),
      );
    });
  return [...placed, ...fresh];
}
