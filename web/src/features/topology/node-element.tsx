import type { NodeProps } from '@xyflow/react';
import { Box, Split } from 'lucide-react';
import { createContext, memo, useContext } from 'react';
import { NODE_TYPE_ICONS } from '../../domain/node-types.ts';
import { classNames } from '../../ui/class-names.ts';
import { deviceLine } from '../../ui/format/device-text.ts';
import { plural } from '../../ui/format/units.ts';
import { STATUS_LOOKS, STATUS_ORDER, StatusIcon } from '../../ui/status.tsx';
import { LevelContext } from './level-context.ts';
import { type CardElement, elementId, nodeWords, type ZoneElement, zoneWords } from './map-elements.ts';
import type { MapNode } from './map-model.ts';

/** Where lines end: in the middle of an element, behind it. The library looks for these classes. */
function LineEnd() {
  return <i aria-hidden className="source target map-end" />;
}

/** What stands on the map: its status, what it is, and its name. Which of them are seen depends on the scale. */
export const CardDrawing = memo(function CardDrawing({ data, selected }: NodeProps<CardElement>) {
  const isFar = useContext(LevelContext) === 'far';
  const { node, isDim } = data;
  const look = node.status === null ? undefined : STATUS_LOOKS[node.status];
  const Type = node.kind === 'unmanaged_switch' ? Split : (NODE_TYPE_ICONS[node.type] ?? Box);
  return (
    <div
      id={elementId(node.id)}
      role="img"
      aria-label={nodeWords(node)}
      className={classNames(
        'map-card',
        `map-${node.kind}`,
        look?.border,
        isDim && 'map-dim',
        selected && 'map-chosen',
      )}
    >
      <LineEnd />
      <span className={classNames('map-status', look?.soft)}>
        {node.status === null ? (
          <span className="map-no-status" />
        ) : (
          <StatusIcon status={node.status} size={18} />
        )}
      </span>
      {!isFar && (
        <span className="map-words">
          <bdi className="map-name">{deviceLine(node.name, 48)}</bdi>
          <span className="map-kind">
            <Type size={14} aria-hidden className="map-type" />
            <span className="map-note">{noteOf(node)}</span>
          </span>
        </span>
      )}
    </div>
  );
});

/** The second line of a card, at the largest scale. */
function noteOf({ kind, status, behind }: MapNode): string {
  if (kind === 'unmanaged_switch')
    return behind > 0 ? `inferred, ${plural(behind, 'address', 'addresses')}` : 'inferred';
  if (kind === 'neighbour') return 'not monitored';
  const label = status === null ? '' : STATUS_LOOKS[status].label;
  return behind > 0 ? `${label}, ${plural(behind, 'guest')}` : label;
}

/** The frame around what stands at a site, behind the cards. */
export const ZoneFrame = memo(function ZoneFrame({ data: { zone } }: NodeProps<ZoneElement>) {
  return (
    <div className="map-zone">
      <bdi className="map-zone-name">{deviceLine(zone.name, 60)}</bdi>
    </div>
  );
});

/** How much larger things are drawn so that they keep their size on the screen at the scale that is shown. */
export const UnscaleContext = createContext(1);

/** Room that the parts of a block need on the screen, in pixels. */
const ROOM = { icon: 24, title: { width: 60, height: 30 }, line: 20, count: 46 } as const;

/** How many kinds of status a block has room to count, below its name. */
export function countsIn(width: number, height: number, hasPart: boolean): number {
  const lines = Math.floor((height - ROOM.title.height - (hasPart ? ROOM.line : 0)) / ROOM.line);
  return Math.max(0, lines) * Math.floor(width / ROOM.count);
}

/** A zone instead of what stands in it: its worst status, and, as far as there is room, its name and how many have which. */
export const ZoneBlock = memo(function ZoneBlock({ data: { zone }, selected }: NodeProps<ZoneElement>) {
  const unscale = useContext(UnscaleContext);
  const [width, height] = [zone.width / unscale, zone.height / unscale];
  const look = zone.worst === null ? undefined : STATUS_LOOKS[zone.worst];
  const hasTitle = width >= ROOM.title.width && height >= ROOM.title.height;
  const hasPart = hasTitle && zone.part !== undefined && height >= ROOM.title.height + ROOM.line;
  const counted = STATUS_ORDER.filter((status) => (zone.counts[status] ?? 0) > 0);
  const room = countsIn(width, height, hasPart);
  return (
    <div
      id={elementId(zone.id)}
      role="img"
      aria-label={zoneWords(zone)}
      className={classNames('map-zone map-block', look?.border, selected && 'map-chosen')}
    >
      <LineEnd />
      <div className="map-block-words" style={{ width: width - 8 }}>
        <span className="map-block-title">
          {zone.worst !== null && Math.min(width, height) >= ROOM.icon && (
            <StatusIcon status={zone.worst} size={18} />
          )}
          {hasTitle && <bdi>{deviceLine(zone.name, 40)}</bdi>}
        </span>
        {hasPart && <bdi className="map-block-part">{deviceLine(zone.part ?? '', 40)}</bdi>}
        {room > 0 && (
          <span className="map-block-counts">
            {counted.slice(0, room).map((status) => (
              <span key={status} className={classNames('map-block-count', STATUS_LOOKS[status].text)}>
                <StatusIcon status={status} size={14} /> {zone.counts[status]}
              </span>
            ))}
          </span>
        )}
      </div>
    </div>
  );
});
