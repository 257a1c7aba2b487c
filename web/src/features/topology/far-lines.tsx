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
  /** The cards as they stand now, also while one is dragged. */
  readonly elements: readonly MapElement[];
}

/** The lines of a map from afar: one path for all that look alike, since hundreds of them move at once. */
export const FarLines = memo(function FarLines({ lines, emphasis, elements }: FarLinesProps) {
  const paths = useMemo(() => {
    const places = new Map(elements.map(({ id, position }) => [id, position]));
    return [...farPaths(lines, emphasis, places)];
  }, [lines, emphasis, elements]);
  return (
    <ViewportPortal>
      <svg aria-hidden className="map-far-lines" width={1} height={1}>
        {paths.map(([look, path]) => (
          <g key={look} className={classNames('map-line', look)}>
            <path d={path} className="map-stroke" />
          </g>
        ))}
      </svg>
    </ViewportPortal>
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
