import { useReactFlow, useStore } from '@xyflow/react';
import { useLayoutEffect, useMemo, useRef } from 'react';
import { fitBox } from './map-level.ts';
import type { Place } from './map-places.ts';
import type { Zone } from './map-zones.ts';

type Box = Pick<Zone, 'x' | 'y' | 'width' | 'height'>;

interface FitOptions {
  /** The smallest scale that is wanted, even where the box is then not all in sight. */
  readonly least?: number;
  /** Whether it is there at once. */
  readonly isInstant?: boolean;
  /** The window to fit it into, where that is not the one on the screen. */
  readonly into?: { readonly width: number; readonly height: number };
}

/** What moves the picture of the map. */
export interface MapCamera {
  /** Shows all of a box. */
  readonly fit: (box: Box, options?: FitOptions) => void;
  /** Brings a place into the middle, at a scale at which names can be read. */
  readonly show: (place: Place) => void;
  /** Moves the picture only where a place is out of it, or too small to be told from others. */
  readonly reveal: (place: Place) => void;
  /** Moves the picture only where a place is out of it, and never its scale. */
  readonly keep: (place: Place) => void;
  readonly zoom: (factor: number) => void;
  /** The picture is somebody's own now: it no longer follows the size of the window. */
  readonly letGo: () => void;
  /** The middle of what is in sight. */
  readonly middle: () => Place;
}

/** Milliseconds that the picture takes to move; nobody waits for it, and those who want no motion have none. */
const MOVE_MS = 180;
/** Pixels from the edge of the window within which a place counts as out of it. */
const EDGE = { x: 90, y: 40 } as const;

/** The least scale at which names are drawn. */
const READABLE = 0.42;

/** Size of the window in which the map is seen. */
export function useWindowSize(): { readonly width: number; readonly height: number } {
  return useStore(
    ({ width, height }) => ({ width, height }),
    (a, b) => a.width === b.width && a.height === b.height,
  );
}

export function useCamera(): MapCamera {
  const { getViewport, setViewport, setCenter, zoomTo } = useReactFlow();
  const window = useWindowSize();
  const size = useRef(window);
  // What was fitted stays fitted when the window changes, until somebody moves the picture.
  const fitted = useRef<Box | undefined>(undefined);
  useLayoutEffect(() => {
    size.current = window;
    if (fitted.current !== undefined) void setViewport(fitBox(fitted.current, window));
  }, [window, setViewport]);
  return useMemo(() => {
    const duration = globalThis.matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : MOVE_MS;
    const letGo = () => {
      fitted.current = undefined;
    };
    const isInSight = ({ x, y }: Place): boolean => {
      const { x: left, y: top, zoom } = getViewport();
      const { width, height } = size.current;
      const [px, py] = [x * zoom + left, y * zoom + top];
      return px > EDGE.x && px < width - EDGE.x && py > EDGE.y && py < height - EDGE.y;
    };
    return {
      fit: (box, { least, isInstant = false, into = size.current } = {}) => {
        fitted.current = least === undefined && into === size.current ? box : undefined;
        void setViewport(fitBox(box, into, least), { duration: isInstant ? 0 : duration });
      },
      show: ({ x, y }) => {
        letGo();
        void setCenter(x, y, { zoom: Math.max(getViewport().zoom, 1), duration });
      },
      reveal: (place) => {
        letGo();
        const { zoom } = getViewport();
        if (!isInSight(place) || zoom < READABLE)
          void setCenter(place.x, place.y, { zoom: Math.max(zoom, READABLE), duration });
      },
      keep: (place) => {
        if (!isInSight(place)) void setCenter(place.x, place.y, { zoom: getViewport().zoom, duration });
      },
      zoom: (factor) => {
        letGo();
        void zoomTo(getViewport().zoom * factor, { duration });
      },
      letGo,
      middle: () => {
        const { x, y, zoom } = getViewport();
        const { width, height } = size.current;
        return { x: (width / 2 - x) / zoom, y: (height / 2 - y) / zoom };
      },
    };
  }, [getViewport, setViewport, setCenter, zoomTo]);
}
