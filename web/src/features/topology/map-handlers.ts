import { useReactFlow } from '@xyflow/react';
import { type RefObject, useCallback } from 'react';
import { lineAt } from './line-look.ts';
import type { MapCamera } from './map-camera.ts';
import type { MapEdge, MapElement } from './map-elements.ts';
import { type LevelLimits, levelOf } from './map-level.ts';
import type { MapViewProps } from './map-view-props.ts';

/** How much larger than the scale of zones the picture is once somebody has entered one. */
const ENTER = 1.02;
/** Pixels on the screen within which a click from afar means a line. */
const LINE_REACH = 6;

interface HandlersInput {
  readonly camera: MapCamera;
  readonly limits: LevelLimits;
  readonly frame: RefObject<HTMLDivElement | null>;
}

/** What happens on clicks. */
export function useHandlers(
  { model, places, onChoose, onOpen }: Pick<MapViewProps, 'model' | 'places' | 'onChoose' | 'onOpen'>,
  { camera, limits, frame }: HandlersInput,
) {
  const { getZoom, screenToFlowPosition } = useReactFlow();
  // Each of these stays the same while something is dragged: a new one would have every card drawn anew.
  const choose = useCallback(
    (id: string | undefined) => {
      frame.current?.focus({ preventScroll: true });
      camera.letGo();
      onChoose(id);
    },
    [frame, camera, onChoose],
  );
  const onNodeClick = useCallback(
    (_: unknown, { id, data }: MapElement) => {
      if ('zone' in data) camera.fit(data.zone, { least: limits.far * ENTER });
      else choose(id);
    },
    [camera, limits, choose],
  );
  const onNodeDoubleClick = useCallback(
    (_: unknown, { id, data }: MapElement) => {
      if ('node' in data) onOpen(id);
    },
    [onOpen],
  );
  const onEdgeClick = useCallback(
    (_: unknown, { id, type }: MapEdge) => {
      if (type === 'line') choose(id);
    },
    [choose],
  );
  const onPaneClick = useCallback(
    (event: { readonly clientX: number; readonly clientY: number }) => {
      const isFar = levelOf(getZoom(), limits) === 'far';
      const reach = LINE_REACH / getZoom();
      const at = screenToFlowPosition({ x: event.clientX, y: event.clientY });
      choose(isFar ? lineAt(model.lines, places, at, reach) : undefined);
    },
    [choose, getZoom, screenToFlowPosition, limits, model, places],
  );
  const setMoving = useCallback(
    (isMoving: boolean) => {
      frame.current?.setAttribute('data-moving', String(isMoving));
    },
    [frame],
  );
  const onMoveStart = useCallback(
    (event: unknown) => {
      // A move without an event is one of the page's own.
      if (event !== null && event !== undefined) camera.letGo();
      setMoving(true);
    },
    [camera, setMoving],
  );
  const onMoveEnd = useCallback(() => setMoving(false), [setMoving]);
  return { onNodeClick, onNodeDoubleClick, onEdgeClick, onPaneClick, onMoveStart, onMoveEnd };
}
