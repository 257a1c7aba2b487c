import { useEffect, useSyncExternalStore } from 'react';
import { usePreference } from './preference.ts';

export type ThemeChoice = 'dark' | 'light' | 'system';

const lightQuery = () => window.matchMedia('(prefers-color-scheme: light)');

function subscribe(listener: () => void): () => void {
  const query = lightQuery();
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}

/** The theme that is shown, what was chosen, and the setter. `public/theme.js` does the same before the first paint. */
export function useTheme(): {
  readonly theme: 'dark' | 'light';
  readonly choice: ThemeChoice;
  readonly choose: (choice: ThemeChoice) => void;
} {
  const [choice, choose] = usePreference<ThemeChoice>('theme', 'dark');
  const systemIsLight = useSyncExternalStore(subscribe, () => lightQuery().matches);
  const theme = choice === 'system' ? (systemIsLight ? 'light' : 'dark') : choice;
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme;
  }, [theme]);
  return { theme, choice, choose };
}

function watchPaint(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
}

/** The theme that the page is painted in: for what reads colours itself, as a canvas does. */
export function usePaintedTheme(): string {
  return useSyncExternalStore(watchPaint, () => document.documentElement.dataset['theme'] ?? 'dark');
}
