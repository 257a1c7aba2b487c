import { useSyncExternalStore } from 'react';

function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const media = window.matchMedia(query);
      media.addEventListener('change', listener);
      return () => media.removeEventListener('change', listener);
    },
    () => window.matchMedia(query).matches,
  );
}

/** Tells whether the screen is narrower than Tailwind's `md`: tables become lists, the navigation a sheet. */
export function useIsNarrow(): boolean {
  return useMedia('(max-width: 767px)');
}
