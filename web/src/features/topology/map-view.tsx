import '@xyflow/react/dist/base.css';
import './map.css';
import {
  MiniMap,
  ReactFlow,
  ReactFlowProvider,
  useOnViewportChange,
  useReactFlow,
  useStore,
} from '@xyflow/react';
import { type CSSProperties, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { FarLines } from './far-lines.tsx';
import { LevelContext } from './level-context.ts';
import { LineDrawing, TrunkDrawing } from './line-element.tsx';
import { TrafficContext, useTraffic } from './link-traffic.ts';
import { type MapCamera, useCamera, useWindowSize } from './map-camera.ts';
import { useElements } from './map-drawn.ts';
import { elementId, type MapEdge, type MapElement } from './map-elements.ts';
import { useHandlers } from './map-handlers.ts';
import { boxAround, type LevelLimits, levelLimits, levelOf, SCALES } from './map-level.ts';
import type { MapLine, MapModel } from './map-model.ts';
import type { Place } from './map-places.ts';
import type { MapViewProps } from './map-view-props.ts';
import type { Zone } from './map-zones.ts';
import { CardDrawing, UnscaleContext, ZoneBlock, ZoneFrame } from './node-element.tsx';

/** What is the same for every map: the library's own keys, focus and selection are off. */
const FLOW = {
  nodeTypes: { card: CardDrawing, zone: ZoneFrame, block: ZoneBlock },
  edgeTypes: { line: LineDrawing, trunk: TrunkDrawing },
  // The place of an element is its middle.
  nodeOrigin: [0.5, 0.5] as [number, number],
  minZoom: SCALES.min,
  maxZoom: SCALES.max,
  nodesConnectable: false,
  nodesFocusable: false,
  edgesFocusable: false,
  elementsSelectable: false,
  elevateNodesOnSelect: false,
  disableKeyboardA11y: true,
  deleteKeyCode: null,
  selectionKeyCode: null,
  multiSelectionKeyCode: null,
  panActivationKeyCode: null,
  zoomActivationKeyCode: null,
  zoomOnDoubleClick: false,
  // Pixels that a pointer moves before it drags: a click is no move.
  nodeDragThreshold: 4,
  proOptions: { hideAttribution: true },
};
const NO_LINES: readonly MapLine[] = [];
/** Steps in which words grow as the picture shrinks, so that few frames change them. */
const UNSCALE_STEP = 1.2;
/** Room around what is chosen as the map opens, in pixels at a scale of one. */
const AROUND = { x: 360, y: 240 } as const;
const MINI_SIZE = { width: 144, height: 96, margin: 8 } as const;
/** A page of A4 in landscape without its margins, in CSS pixels; `map.css` has the same. */
const PAPER = { width: 1040, height: 660 } as const;

export function MapView(props: MapViewProps) {
  return (
    <ReactFlowProvider>
      <Canvas {...props} />
    </ReactFlowProvider>
  );
}

/** The scales at which this map shows more. */
function useLimits(cards: number, zones: readonly Zone[]): LevelLimits {
  const { width, height } = useWindowSize();
  return useMemo(() => {
    const box = boxAround(zones);
    const fit = width === 0 ? 1 : Math.min(width / box.width, height / box.height);
    return levelLimits(cards, fit);
  }, [cards, zones, width, height]);
}

/** The lines in sight once the picture rests; none at a scale at which their words are not shown. */
function useLinesInSight(model: MapModel, places: ReadonlyMap<string, Place>, isNear: boolean) {
  const { getViewport } = useReactFlow();
  const [rests, setRests] = useState(0);
  useOnViewportChange({ onEnd: useCallback(() => setRests((count) => count + 1), []) });
  const { width, height } = useWindowSize();
  return useMemo(() => {
    if (!isNear || rests < 0) return NO_LINES;
    const { x, y, zoom } = getViewport();
    const isIn = (id: string) => {
      const place = places.get(id);
      if (place === undefined) return false;
      const [px, py] = [place.x * zoom + x, place.y * zoom + y];
      return px >= 0 && px <= width && py >= 0 && py <= height;
    };
    return model.lines.filter(({ a, b }) => isIn(a) || isIn(b));
  }, [model, places, isNear, rests, width, height, getViewport]);
}

/** The box around a card with some of what is next to it. */
function boxOf({ x, y }: Place) {
  return { x: x - AROUND.x, y: y - AROUND.y, width: 2 * AROUND.x, height: 2 * AROUND.y };
}

/** Shows all of the map once it has a size and something stands on it, and what is chosen as it opens. */
function useFirstFit(props: MapViewProps, camera: MapCamera) {
  const { width } = useWindowSize();
  const { zones, places, emphasis, model } = props;
  const chosenLine = emphasis.chosen === undefined ? undefined : model.lineById.get(emphasis.chosen);
  const isFitted = useRef(false);
  const isReady = width > 0 && zones.length > 0;
  useEffect(() => {
    if (!isReady || isFitted.current) return;
    isFitted.current = true;
    const ids = [emphasis.chosen, chosenLine?.a, chosenLine?.b];
    const chosen = ids.flatMap((id) => (id === undefined ? [] : (places.get(id) ?? [])));
    camera.fit(boxAround(chosen.length > 0 ? chosen.map(boxOf) : zones), { isInstant: true });
  }, [isReady, camera, zones, places, emphasis.chosen, chosenLine]);
}

/** Keeps what is chosen in sight when the panel beside the map takes a part of its window. */
function useKeptInSight({ emphasis, places }: MapViewProps, camera: MapCamera) {
  const { width } = useWindowSize();
  const widthBefore = useRef(width);
  useEffect(() => {
    const place = emphasis.chosen === undefined ? undefined : places.get(emphasis.chosen);
    if (place !== undefined && width < widthBefore.current) camera.keep(place);
    widthBefore.current = width;
  }, [width, emphasis.chosen, places, camera]);
}

/** On paper all of the map is seen, in the light theme, whatever part of it was on the screen. */
function usePrint(zones: readonly Zone[], camera: MapCamera) {
  const { getViewport, setViewport } = useReactFlow();
  const [isPrinting, setPrinting] = useState(false);
  useEffect(() => {
    const page = document.documentElement.dataset;
    let seen = getViewport();
    let theme = page['theme'];
    const before = () => {
      seen = getViewport();
      theme = page['theme'];
      page['theme'] = 'light';
      // The browser takes the page as it is when this ends.
      flushSync(() => setPrinting(true));
      camera.fit(boxAround(zones), { isInstant: true, into: PAPER });
    };
    const after = () => {
      if (theme !== undefined) page['theme'] = theme;
      setPrinting(false);
      void setViewport(seen);
    };
    window.addEventListener('beforeprint', before);
    window.addEventListener('afterprint', after);
    return () => {
      window.removeEventListener('beforeprint', before);
      window.removeEventListener('afterprint', after);
    };
  }, [zones, camera, getViewport, setViewport]);
  return isPrinting;
}

function Canvas(props: MapViewProps) {
  const { model, places, zones, emphasis, onReady, onMove } = props;
  const camera = useCamera();
  const frame = useRef<HTMLDivElement>(null);
  const limits = useLimits(model.nodes.length, zones);
  const isPrinting = usePrint(zones, camera);
  const onScreen = useStore(({ transform }) => levelOf(transform[2], limits));
  // Paper shows more than a screen: names can be read there at a scale at which they cannot here.
  const level = isPrinting && onScreen === 'far' ? 'mid' : onScreen;
  const unscale = useStore(
    ({ transform }) => UNSCALE_STEP ** Math.round(Math.log(1 / transform[2]) / Math.log(UNSCALE_STEP)),
  );
  const { elements, edges, dragged, setDragged, onNodesChange } = useElements({
    model,
    places,
    zones,
    emphasis,
    isDraggable: props.isDraggable,
    level,
  });
  const inSight = useLinesInSight(model, places, level === 'near');
  const chosenLine = emphasis.chosen === undefined ? undefined : model.lineById.get(emphasis.chosen);
  const measured = useMemo(
    () => (chosenLine === undefined || inSight.includes(chosenLine) ? inSight : [chosenLine, ...inSight]),
    [chosenLine, inSight],
  );
  const traffic = useTraffic(measured);
  useFirstFit(props, camera);
  useKeptInSight(props, camera);
  useEffect(() => onReady(camera), [camera, onReady]);
  const handlers = useHandlers(props, { camera, limits, frame });
  return (
    <LevelContext value={level}>
      <TrafficContext value={traffic}>
        <UnscaleContext value={unscale}>
          <ReactFlow<MapElement, MapEdge>
            ref={frame}
            className="map outline-none focus-visible:outline-2 focus-visible:-outline-offset-2 focus-visible:outline-focus"
            data-level={level}
            style={{ '--map-unscale': unscale } as CSSProperties}
            tabIndex={0}
            aria-label={props.label}
            aria-describedby="map-keys"
            aria-activedescendant={
              emphasis.chosen !== undefined && model.byId.has(emphasis.chosen)
                ? elementId(emphasis.chosen)
                : undefined
            }
            onKeyDown={props.onKey}
            nodes={elements}
            edges={edges}
            {...FLOW}
            {...handlers}
            onlyRenderVisibleElements={!isPrinting}
            onNodesChange={onNodesChange}
            onNodeDragStart={(_, { id }) => setDragged(id)}
            onNodeDragStop={(_, __, moved) => {
              onMove(new Map(moved.map(({ id, position }) => [id, position])));
              setDragged(undefined);
            }}
          >
            {level === 'far' && (
              <FarLines
                lines={model.lines}
                emphasis={emphasis}
                places={places}
                dragged={elements.find(({ id }) => id === dragged)}
              />
            )}
            <MiniMap<MapElement>
              pannable
              ariaLabel="All of the map"
              style={MINI_SIZE}
              className="max-md:hidden"
              nodeBorderRadius={8}
              nodeClassName={miniClass}
            />
          </ReactFlow>
        </UnscaleContext>
      </TrafficContext>
    </LevelContext>
  );
}

/** The colour of an element on the small map. */
function miniClass({ data, type }: MapElement): string {
  if ('node' in data) return `map-mini-${data.node.status ?? 'none'}`;
  return type === 'zone' ? 'map-mini-frame' : `map-mini-${data.zone.worst ?? 'none'}`;
}
