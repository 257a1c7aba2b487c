import type { Edge, Node } from '@xyflow/react';
import { nodeTypeName } from '../../domain/node-types.ts';
import { deviceLine } from '../../ui/format/device-text.ts';
import { STATUS_LOOKS } from '../../ui/status.tsx';
import type { MapLine, MapModel, MapNode } from './map-model.ts';
import { CARD, type Place } from './map-places.ts';
import type { Zone, ZoneLine } from './map-zones.ts';

export type CardElement = Node<{ readonly node: MapNode; readonly isDim: boolean }, 'card'>;
export type ZoneElement = Node<{ readonly zone: Zone }, 'zone' | 'block'>;
export type MapElement = CardElement | ZoneElement;
export type LineElement = Edge<{ readonly line: MapLine; readonly isDim: boolean }, 'line'>;
export type ZoneLineElement = Edge<{ readonly line: ZoneLine }, 'trunk'>;
export type MapEdge = LineElement | ZoneLineElement;

/** What is chosen on the map, and what is drawn stronger for it; everything else is dim. */
export interface Emphasis {
  readonly chosen: string | undefined;
  /** Undefined: all are equal. */
  readonly strong: ReadonlySet<string> | undefined;
}

/** The frame of an element is nothing to a screen reader: what stands in it says its own name. */
const QUIET = { ariaRole: 'presentation', domAttributes: { 'aria-roledescription': undefined } } as const;

const KIND_NAMES: Readonly<Record<Exclude<MapNode['kind'], 'node'>, string>> = {
  neighbour: 'not monitored',
  unmanaged_switch: 'unmanaged switch, inferred',
};

/** What stands there, in words: "sw-1, Switch, Healthy". */
export function nodeWords({ kind, name, type, status }: MapNode): string {
  const parts = [deviceLine(name)];
  if (kind !== 'unmanaged_switch') parts.push(nodeTypeName(type));
  if (kind !== 'node') parts.push(KIND_NAMES[kind]);
  else if (status !== null) parts.push(STATUS_LOOKS[status].label);
  return parts.join(', ');
}

/** The id of a card in the document, for what points at it. */
export function elementId(id: string): string {
  return `map-${id}`;
}

interface CardsInput {
  readonly nodes: readonly MapNode[];
  readonly places: ReadonlyMap<string, Place>;
  readonly emphasis: Emphasis;
  readonly isDraggable: boolean;
}

/**
 * The cards of a map. One that has not changed is the object that it was before, so that it is not drawn again.
 * @param before the cards as they were
 */
export function cardsOf(
  { nodes, places, emphasis, isDraggable }: CardsInput,
  before: readonly MapElement[],
): MapElement[] {
  const known = new Map(before.map((element) => [element.id, element]));
  return nodes.map((node): MapElement => {
    const position = places.get(node.id) ?? { x: 0, y: 0 };
    const selected = emphasis.chosen === node.id;
    const isDim = emphasis.strong !== undefined && !emphasis.strong.has(node.id);
    const same = known.get(node.id);
    if (
      same?.type === 'card' &&
      same.data.node === node &&
      same.data.isDim === isDim &&
      same.selected === selected &&
      same.draggable === isDraggable &&
      same.position.x === position.x &&
      same.position.y === position.y
    )
      return same;
    return {
      id: node.id,
      type: 'card',
      position,
      data: { node, isDim },
      selected,
      draggable: isDraggable,
      width: CARD.width,
      height: CARD.height,
      ...QUIET,
    };
  });
}

/** The frames of the zones, behind the cards; or blocks, instead of them. */
export function zoneElements(zones: readonly Zone[], type: 'zone' | 'block'): MapElement[] {
  return zones.map(
    (zone): MapElement => ({
      id: zone.id,
      type,
      // The place of an element is its middle.
      position: { x: zone.x + zone.width / 2, y: zone.y + zone.height / 2 },
      data: { zone },
      width: zone.width,
      height: zone.height,
      draggable: false,
      zIndex: type === 'zone' ? -1 : 0,
      ...(type === 'zone' ? { className: 'pointer-events-none!' } : {}),
      ...QUIET,
    }),
  );
}

/** A zone in words: "Headquarters, 12 on the map, worst: Offline". */
export function zoneWords({ name, part, members, worst }: Zone): string {
  const status = worst === null ? 'nothing monitored' : `worst: ${STATUS_LOOKS[worst].label}`;
  const place = part === undefined ? deviceLine(name) : `${deviceLine(name)} around ${deviceLine(part)}`;
  return `${place}, ${members.length} on the map, ${status}`;
}

/** Lines are told of beside the map: there they are pictures. */
const SILENT = {
  ariaRole: 'presentation',
  domAttributes: { 'aria-hidden': true, 'aria-roledescription': undefined },
} as const;

/** The lines of a map, each the object that it was where it has not changed. */
export function linesOf(
  lines: readonly MapLine[],
  emphasis: Emphasis,
  before: readonly MapEdge[],
): LineElement[] {
  const known = new Map(before.map((element) => [element.id, element]));
  return lines.map((line): LineElement => {
    const selected = emphasis.chosen === line.id;
    const isDim = emphasis.strong !== undefined && !emphasis.strong.has(line.id);
    const same = known.get(line.id);
    if (
      same?.type === 'line' &&
      isSameLine(same.data?.line, line) &&
      same.data?.isDim === isDim &&
      same.selected === selected
    )
      return same;
    return {
      id: line.id,
      type: 'line',
      source: line.a,
      target: line.b,
      data: { line, isDim },
      selected,
      ...SILENT,
    };
  });
}

function isSameLine(before: unknown, line: MapLine): boolean {
  const known = before as MapLine | undefined;
  return (
    known !== undefined &&
    known.link === line.link &&
    known.ghost === line.ghost &&
    known.lane === line.lane &&
    (['a', 'b'] as const).every(
      (end) => known.fan[end] === line.fan[end] && known.crowd[end] === line.crowd[end],
    )
  );
}

export function trunksOf(lines: readonly ZoneLine[]): ZoneLineElement[] {
  return lines.map((line) => ({
    id: line.id,
    type: 'trunk',
    source: line.a,
    target: line.b,
    data: { line },
    ...SILENT,
  }));
}

/** What is drawn stronger when something is chosen: it, its lines, and what is at their other ends. */
export function emphasisOf(model: MapModel, chosen: string | undefined, dark?: readonly string[]): Emphasis {
  if (dark !== undefined && dark.length > 0) return { chosen, strong: withLines(model, dark) };
  if (chosen === undefined) return { chosen, strong: undefined };
  const line = model.lineById.get(chosen);
  if (line !== undefined) return { chosen, strong: new Set([chosen, line.a, line.b]) };
  if (!model.byId.has(chosen)) return { chosen, strong: undefined };
  const own = model.linesOf.get(chosen) ?? [];
  return { chosen, strong: new Set([chosen, ...own.flatMap(({ id, a, b }) => [id, a, b])]) };
}

/** Some that stand on the map, and the lines between them. */
function withLines(model: MapModel, ids: readonly string[]): ReadonlySet<string> {
  const strong = new Set(ids);
  for (const line of model.lines) if (strong.has(line.a) && strong.has(line.b)) strong.add(line.id);
  return strong;
}
