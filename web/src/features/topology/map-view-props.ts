import type { KeyboardEvent } from 'react';
import type { MapCamera } from './map-camera.ts';
import type { Emphasis } from './map-elements.ts';
import type { MapModel } from './map-model.ts';
import type { Place } from './map-places.ts';
import type { Zone } from './map-zones.ts';

export interface MapViewProps {
  readonly model: MapModel;
  readonly places: ReadonlyMap<string, Place>;
  readonly zones: readonly Zone[];
  readonly emphasis: Emphasis;
  readonly isDraggable: boolean;
  /** The name of the map to a screen reader. */
  readonly label: string;
  readonly onChoose: (id: string | undefined) => void;
  readonly onOpen: (id: string) => void;
  readonly onMove: (places: ReadonlyMap<string, Place>) => void;
  readonly onKey: (event: KeyboardEvent<HTMLElement>) => void;
  /** Gets what moves the picture. */
  readonly onReady: (camera: MapCamera) => void;
}
