import { useEffect, useRef, useState } from 'react';
import { serverNow } from '../../ui/state/clock.ts';

/** How far a trial is. What was answered before stays while the next one runs, and after it failed. */
export interface Trial<A> {
  readonly answer: A | undefined;
  /** What was tried, as text: another one makes the answer one of the past. */
  readonly of: string | undefined;
  readonly error: unknown;
  /** Since when it runs, in ms of the server's time; undefined while none does. */
  readonly runningSince: number | undefined;
  readonly run: (of: string, call: (signal: AbortSignal) => Promise<A>) => void;
  readonly cancel: () => void;
}

interface TrialState<A> {
  readonly answer: A | undefined;
  readonly of: string | undefined;
  readonly error: unknown;
  readonly runningSince: number | undefined;
}

/** Runs one trial at a time: the next one, a cancel and leaving the page end the one before. */
export function useTrial<A>(): Trial<A> {
  const [state, setState] = useState<TrialState<A>>({
    answer: undefined,
    of: undefined,
    error: undefined,
    runningSince: undefined,
  });
  const current = useRef<AbortController>(undefined);
  useEffect(() => () => current.current?.abort(), []);
  const run = (of: string, call: (signal: AbortSignal) => Promise<A>) => {
    current.current?.abort();
    const own = new AbortController();
    current.current = own;
    setState((before) => ({ ...before, error: undefined, runningSince: serverNow() }));
    call(own.signal).then(
      (answer) => {
        if (!own.signal.aborted) setState({ answer, of, error: undefined, runningSince: undefined });
      },
      (error: unknown) => {
        if (!own.signal.aborted) setState((before) => ({ ...before, error, runningSince: undefined }));
      },
    );
  };
  const cancel = () => {
    current.current?.abort();
    setState((before) => ({ ...before, runningSince: undefined }));
  };
  return { ...state, run, cancel };
}
