import { useCallback, useSyncExternalStore } from 'react';

// What a person chose on this browser: theme, time zone, columns. Storage that is blocked or damaged means the default.
const PREFIX = 'stratora.';
const listeners = new Set<() => void>();
const parsed = new Map<string, { readonly text: string | null; readonly value: unknown }>();

function read<T>(key: string, fallback: T): T {
  let text: string | null = null;
  try {
    text = localStorage.getItem(PREFIX + key);
  } catch {
    return fallback;
  }
  const known = parsed.get(key);
  if (known !== undefined && known.text === text) return (known.value ?? fallback) as T;
  let value: unknown;
  try {
    value = text === null ? undefined : JSON.parse(text);
  } catch {
    value = undefined;
  }
  parsed.set(key, { text, value });
  return (value ?? fallback) as T;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
}

/** Reads and sets a preference kept on this browser. `fallback` must be the same object at every call. */
export function usePreference<T>(key: string, fallback: T): readonly [T, (value: T) => void] {
  const value = useSyncExternalStore(subscribe, () => read(key, fallback));
  const set = useCallback(
    (next: T) => {
      try {
        localStorage.setItem(PREFIX + key, JSON.stringify(next));
      } catch {
        return;
      }
      for (const listener of listeners) listener();
    },
    [key],
  );
  return [value, set];
}
