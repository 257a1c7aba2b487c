import { useCallback, useMemo, useState } from 'react';
import { type Places, useMovePlaces } from '../../api/topology.ts';
import { tellDone, tellFailure } from '../../ui/toast.tsx';
import type { Place } from './map-places.ts';

/** Moves that can be taken back. */
const UNDO_MAX = 50;

/** One move by hand: where things were, and where they are. */
export interface LayoutMove {
  readonly before: Places;
  readonly after: Places;
}

/** The move that these places are, from where things stand; undefined where nothing moves. */
export function moveOf(places: ReadonlyMap<string, Place>, wanted: Places): LayoutMove | undefined {
  const before = new Map<string, Place>();
  const after = new Map<string, Place>();
  for (const [id, { x, y }] of wanted) {
    const from = places.get(id);
    const to = { x: Math.round(x), y: Math.round(y) };
    if (from === undefined || (Math.round(from.x) === to.x && Math.round(from.y) === to.y)) continue;
    before.set(id, from);
    after.set(id, to);
  }
  return after.size === 0 ? undefined : { before, after };
}

/** Places as they are with some put elsewhere. */
export function withMoved(
  places: ReadonlyMap<string, Place>,
  moved: ReadonlyMap<string, Place>,
): ReadonlyMap<string, Place> {
  if (moved.size === 0) return places;
  const next = new Map(places);
  for (const [id, place] of moved) if (next.has(id)) next.set(id, place);
  return next;
}

const NONE: Places = new Map();

/** Moves by hand on the map: shown at once, kept at the server, and taken back one after the other. */
export function useLayoutEdits(served: ReadonlyMap<string, Place>) {
  const { mutate } = useMovePlaces();
  const [done, setDone] = useState<readonly LayoutMove[]>([]);
  // What is on its way to the server stands at its new place already.
  const [moving, setMoving] = useState(NONE);
  const places = useMemo(() => withMoved(served, moving), [served, moving]);
  const put = useCallback(
    (wanted: Places, onFailure: () => void) => {
      setMoving(wanted);
      mutate(wanted, {
        onSettled: () => setMoving((now) => (now === wanted ? NONE : now)),
        onError: (error) => {
          onFailure();
          tellFailure('The new place could not be saved', error);
        },
      });
    },
    [mutate],
  );
  const move = useCallback(
    (wanted: Places) => {
      const next = moveOf(places, wanted);
      if (next === undefined) return;
      setDone((moves) => [...moves, next].slice(-UNDO_MAX));
      put(next.after, () => setDone((moves) => moves.filter((one) => one !== next)));
    },
    [places, put],
  );
  const last = done.at(-1);
  const undo = useCallback(() => {
    if (last === undefined) return;
    setDone((moves) => moves.filter((one) => one !== last));
    put(last.before, () => setDone((moves) => [...moves, last]));
    tellDone('Put back');
  }, [last, put]);
  return { places, move, undo, canUndo: last !== undefined };
}
