import type { ZoneChoice } from '../format/time.ts';
import { usePreference } from './preference.ts';

export function useZone(): readonly [ZoneChoice, (choice: ZoneChoice) => void] {
  return usePreference<ZoneChoice>('zone', 'local');
}
