import { ViewportPortal } from '@xyflow/react';
import { memo, useMemo } from 'react';
import { classNames } from '../../ui/class-names.ts';
import { lineLook } from './line-look.ts';
import type { Emphasis, MapElement } from './map-elements.ts';
import type { MapLine } from './map-model.ts';
import type { Place } from './map-places.ts';

interface FarLinesProps {
  readonly lines: readonly MapLine[];
  readonly emphasis: Emphasis;
  readonly places: ReadonlyMap<string, Place>;
  /** The card that is dragged, as it stands now; undefined while none is. */
  readonly dragged: MapElement | undefined;
}

/** The lines of a map from afar: one path for all that look alike, and those of a card that is dragged apart from them. */
export const FarLines = memo(function FarLines({ lines, emphasis, places, dragged }: FarLinesProps) {
  const movingId = dragged?.id;
  const [resting, moving] = useMemo(() => {
    const isMoving = ({ a, b }: MapLine) => a === movingId || b === movingId;
    const still = movingId === undefined ? lines : lines.filter((line) => !isMoving(line));
    return [farPaths(still, emphasis, places), movingId === undefined ? [] : lines.filter(isMoving)];
  }, [lines, emphasis, places, movingId]);
  const own =
    dragged === undefined
      ? undefined
      : farPaths(moving, emphasis, new Map(places).set(dragged.id, dragged.position));
  return (
    <ViewportPortal>
      <FarPaths paths={resting} />
      {own !== undefined && <FarPaths paths={own} />}
    </ViewportPortal>
  );
});

const FarPaths = memo(function FarPaths({ paths }: { readonly paths: ReadonlyMap<string, string> }) {
  return (
    <svg aria-hidden className="map-far-lines" width={1} height={1}>
      {[...paths].map(([look, path]) => (
        <g key={look} className={classNames('map-line', look)}>
          <path d={path} className="map-stroke" />
        </g>
      ))}
    </svg>
  );
});

/** Paths by the classes that they are drawn with; dim ones first, so that none lies over another that is meant. */
export function farPaths(
  lines: readonly MapLine[],
  emphasis: Emphasis,
  places: ReadonlyMap<string, Place>,
): ReadonlyMap<string, string> {
  const dim = new Map<string, string>();
  const strong = new Map<string, string>();
  for (const line of lines) {
    const [a, b] = [places.get(line.a), places.get(line.b)];
    if (a === undefined || b === undefined) continue;
    const isDim = emphasis.strong !== undefined && !emphasis.strong.has(line.id);
    const look = `map-line-${lineLook(line)}${isDim ? ' map-dim' : ''}${emphasis.chosen === line.id ? ' map-chosen' : ''}`;
    const into = isDim ? dim : strong;
    into.set(look, `${into.get(look) ?? ''}M${a.x},${a.y}L${b.x},${b.y}`);
  }
  return new Map([...dim, ...strong]);
}
