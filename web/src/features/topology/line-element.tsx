import type { EdgeProps } from '@xyflow/react';
import { memo, useContext } from 'react';
import { oneSided, speedWords } from '../../domain/link-words.ts';
import { classNames } from '../../ui/class-names.ts';
import { deviceLine } from '../../ui/format/device-text.ts';
import { formatBitsPerSecond } from '../../ui/format/units.ts';
import { LevelContext } from './level-context.ts';
import { lineCurve, lineLook, lineWidth, wordPlaces } from './line-look.ts';
import { type LinkTraffic, TrafficContext } from './link-traffic.ts';
import type { LineElement, ZoneLineElement } from './map-elements.ts';
import type { MapLine } from './map-model.ts';
import type { Place } from './map-places.ts';

const HIT_PX = 14;

/** A line of the map: a link, or a ghost of one. */
export const LineDrawing = memo(function LineDrawing(props: EdgeProps<LineElement>) {
  const { data, selected } = props;
  const level = useContext(LevelContext);
  const traffic = useContext(TrafficContext).get(data?.line.id ?? '');
  if (data === undefined) return null;
  const { line, isDim } = data;
  const a = { x: props.sourceX, y: props.sourceY };
  const b = { x: props.targetX, y: props.targetY };
  const { path, middle } = lineCurve(a, b, line.lane);
  const look = lineLook(line);
  const width = lineWidth(line, traffic?.share) + (selected === true ? 1.5 : 0);
  return (
    <g
      className={classNames(
        'map-line',
        `map-line-${look}`,
        isDim && 'map-dim',
        selected === true && 'map-chosen',
      )}
    >
      {level !== 'far' && <path d={path} fill="none" stroke="transparent" strokeWidth={HIT_PX} />}
      <path d={path} className="map-stroke" strokeWidth={width} />
      {(line.link?.members.length ?? 0) > 1 && <path d={path} className="map-core" strokeWidth={width / 3} />}
      {(look === 'down' || look === 'ghost') && <BrokenMark at={middle} />}
      {level === 'near' && !isDim && <LineWords line={line} a={a} b={b} middle={middle} traffic={traffic} />}
    </g>
  );
});

/** A cross on a line that is down or gone: told from others without colour. */
function BrokenMark({ at: { x, y } }: { readonly at: Place }) {
  return <path d={`M${x - 6},${y - 6}l12,12m0,-12l-12,12`} className="map-cross" />;
}

interface LineWordsProps {
  readonly line: MapLine;
  readonly a: Place;
  readonly b: Place;
  readonly middle: Place;
  readonly traffic: LinkTraffic | undefined;
}

/** The ports at both ends, and between them what flows, or what is odd. */
function LineWords({ line, a, b, middle, traffic }: LineWordsProps) {
  const { link } = line;
  const ends = link ?? line.ghost;
  const odd = link === undefined ? 'was here' : link.state === 'down' ? 'down' : oneSided(link);
  const rate = traffic?.busiest === undefined ? undefined : rateWords(traffic.busiest, traffic.share);
  const words = odd ?? rate ?? (link === undefined ? '' : speedWords(link));
  const { ports, shift } = wordPlaces(line, a, b);
  const names = { a: ends?.a.interface ?? null, b: ends?.b.interface ?? null };
  return (
    <>
      {ports.map(({ end, isBoth, at }) => (
        <PortWord
          key={end}
          at={at}
          ports={isBoth ? [names[end === 'a' ? 'b' : 'a'], names[end]] : [names[end]]}
        />
      ))}
      {words !== '' && (
        <text x={middle.x + (b.x - a.x) * shift} y={middle.y + (b.y - a.y) * shift - 8} className="map-word">
          {deviceLine(words, 40)}
        </text>
      )}
    </>
  );
}

/** What flows, and how much of the speed that is, where it is worth a word: "420 Mbit/s (42 %)". */
function rateWords(rate: number, share: number | undefined): string {
  const words = formatBitsPerSecond(rate);
  return share === undefined || share < 0.01 ? words : `${words} (${Math.round(share * 100)} %)`;
}

function PortWord({ at, ports }: { readonly at: Place; readonly ports: readonly (string | null)[] }) {
  const known = ports.filter((port) => port !== null);
  if (known.length === 0) return null;
  return (
    <text x={at.x} y={at.y + 4} className="map-word map-port">
      {known.map((port) => deviceLine(port, 16)).join(' – ')}
    </text>
  );
}

/** All lines between two zones as one, with their number. */
export const TrunkDrawing = memo(function TrunkDrawing(props: EdgeProps<ZoneLineElement>) {
  const { line } = props.data ?? {};
  if (line === undefined) return null;
  const [x, y] = [(props.sourceX + props.targetX) / 2, (props.sourceY + props.targetY) / 2];
  const words = line.broken === 0 ? String(line.count) : `${line.count}, ${line.broken} down`;
  return (
    <g className={classNames('map-line', line.broken > 0 ? 'map-line-down' : 'map-line-up')}>
      <path
        d={`M${props.sourceX},${props.sourceY}L${props.targetX},${props.targetY}`}
        className="map-stroke map-trunk"
      />
      <text x={x} y={y} className="map-word map-count">
        {words}
      </text>
    </g>
  );
});
