import { createContext } from 'react';
import type { MapLevel } from './map-level.ts';

/** How much of the map is drawn at the scale that is shown. */
export const LevelContext = createContext<MapLevel>('mid');
