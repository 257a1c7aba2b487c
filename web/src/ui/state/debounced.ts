import { useEffect, useState } from 'react';

/** A value once it has been the same for a while, so that what asks the server by it does not ask at every key. */
export function useDebounced<T>(value: T, delayMs = 400): T {
  const [late, setLate] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setLate(value), delayMs);
    return () => clearTimeout(timer);
  }, [value, delayMs]);
  return late;
}
