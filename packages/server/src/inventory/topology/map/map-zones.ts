import type { TopologyZone } from '@stratora/contract';
import { CELL_HEIGHT, CELL_WIDTH } from '../layout/map-thing.ts';

interface Placed {
  readonly site_id: string;
  readonly x: number | null;
  readonly y: number | null;
}

/** Room between what stands at a site and the edge of its zone. */
const MARGIN = 40;

/** Draws a rectangle around all that stands at each site, by name of the site. */
export function mapZones(
  names: ReadonlyMap<string, string>,
  nodes: readonly Placed[],
  devices: readonly Placed[],
): TopologyZone[] {
  const nodesOf = Map.groupBy(nodes, ({ site_id: id }) => id);
  const devicesOf = Map.groupBy(devices, ({ site_id: id }) => id);
  return [...names].flatMap(([site_id, name]): TopologyZone[] => {
    const [own, beside] = [nodesOf.get(site_id) ?? [], devicesOf.get(site_id) ?? []];
    if (own.length + beside.length === 0) return [];
    const rectangle = rectangleAround([...own, ...beside]);
    return [{ site_id, name, ...rectangle, nodes: own.length, devices: beside.length }];
  });
}

function rectangleAround(things: readonly Placed[]): Pick<TopologyZone, 'x' | 'y' | 'width' | 'height'> {
  const at = things.flatMap(({ x, y }) => (x === null || y === null ? [] : [{ x, y }]));
  if (at.length === 0) return { x: null, y: null, width: null, height: null };
  const [left, right] = spanOf(at.map(({ x }) => x));
  const [top, bottom] = spanOf(at.map(({ y }) => y));
  const [across, down] = [CELL_WIDTH / 2 + MARGIN, CELL_HEIGHT / 2 + MARGIN];
  return {
    x: left - across,
    y: top - down,
    width: right - left + 2 * across,
    height: bottom - top + 2 * down,
  };
}

function spanOf(values: readonly number[]): [least: number, most: number] {
  return values.reduce<[number, number]>(
    ([least, most], value) => [Math.min(least, value), Math.max(most, value)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
}
