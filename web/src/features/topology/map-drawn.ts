import { applyNodeChanges, type NodeChange } from '@xyflow/react';
import { useCallback, useState } from 'react';
import { cardsOf, linesOf, type MapEdge, type MapElement, trunksOf, zoneElements } from './map-elements.ts';
import type { MapLevel } from './map-level.ts';
import type { MapViewProps } from './map-view-props.ts';
import { zoneLinesOf } from './map-zones.ts';

type Inputs = Pick<MapViewProps, 'model' | 'places' | 'zones' | 'emphasis' | 'isDraggable'> & {
  readonly level: MapLevel;
};

interface Drawn {
  readonly from: Inputs | undefined;
  readonly elements: MapElement[];
  readonly edges: MapEdge[];
}
const NO_EDGES: MapEdge[] = [];
const NOTHING: Drawn = { from: undefined, elements: [], edges: [] };

function isSame(one: Inputs | undefined, other: Inputs): boolean {
  const names = ['model', 'places', 'zones', 'emphasis', 'isDraggable', 'level'] as const;
  return one !== undefined && names.every((name) => one[name] === other[name]);
}

/** What is drawn for these inputs; what has not changed is the object that it was before. */
function draw(from: Inputs, before: Drawn): Drawn {
  const { model, places, zones, emphasis, isDraggable, level } = from;
  if (level === 'zones') {
    return { from, elements: zoneElements(zones, 'block'), edges: trunksOf(zoneLinesOf(zones, model.lines)) };
  }
  const cards = cardsOf({ nodes: model.nodes, places, emphasis, isDraggable }, before.elements);
  return {
    from,
    elements: [...zoneElements(zones, 'zone'), ...cards],
    // From afar all lines are drawn as one picture.
    edges: level === 'far' ? NO_EDGES : linesOf(model.lines, emphasis, before.edges),
  };
}

/** The elements of the map. While somebody drags, the library moves them, and nothing else does. */
export function useElements(inputs: Inputs) {
  const [dragged, setDragged] = useState<string>();
  const [drawn, setDrawn] = useState(NOTHING);
  if (dragged === undefined && !isSame(drawn.from, inputs)) setDrawn(draw(inputs, drawn));
  const onNodesChange = useCallback((changes: NodeChange<MapElement>[]) => {
    // The size of every element is given: nothing but its place may change here.
    const moves = changes.filter(({ type }) => type === 'position');
    if (moves.length === 0) return;
    setDrawn((before) => ({ ...before, elements: applyNodeChanges(moves, before.elements) }));
  }, []);
  return { elements: drawn.elements, edges: drawn.edges, dragged, setDragged, onNodesChange };
}
