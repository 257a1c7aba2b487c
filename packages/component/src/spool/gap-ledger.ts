import { join } from 'node:path';
import { CheckedFile } from '../checked-file.ts';
import type { Segment } from './segment.ts';

/** Samples that were dropped at the spool's bound. Times are arrivals, RFC 3339. */
export interface Gap {
  from: string;
  to: string;
  /** Number of lines. */
  count: number;
}

interface GapState {
  dropped: number;
  gaps: Gap[];
  /** End of the last dropped segment, so that neighbours become one gap. */
  endSequence: number;
}

const MAX_GAPS = 100;

function isGapState(value: unknown): value is GapState {
  const state = value as Partial<GapState> | null;
  return (
    typeof state?.dropped === 'number' && Array.isArray(state.gaps) && typeof state.endSequence === 'number'
  );
}

/** Remembers over restarts what was dropped, so that the hole in the series has an explanation. */
export class GapLedger {
  readonly #file: CheckedFile<GapState>;
  #state: GapState = { dropped: 0, gaps: [], endSequence: -1 };

  constructor(directory: string) {
    this.#file = new CheckedFile(join(directory, 'gaps.json'), isGapState);
  }

  async open(): Promise<void> {
    this.#state = (await this.#file.read()).value ?? this.#state;
  }

  get dropped(): number {
    return this.#state.dropped;
  }

  get gaps(): readonly Gap[] {
    return this.#state.gaps;
  }

  /** Adds a gap in memory; `save` makes it last. */
  add(segment: Segment, lines: number): void {
    const state = this.#state;
    const to = new Date(segment.newestAt).toISOString();
    const last = state.gaps.at(-1);
    if (last && state.endSequence === segment.firstSequence) {
      last.to = to;
      last.count += lines;
    } else {
      state.gaps.push({ from: new Date(segment.oldestAt).toISOString(), to, count: lines });
    }
    while (state.gaps.length > MAX_GAPS) {
      const [first, second] = state.gaps.splice(0, 2);
      if (first && second) {
        state.gaps.unshift({ from: first.from, to: second.to, count: first.count + second.count });
      }
    }
    state.dropped += lines;
    state.endSequence = segment.endSequence;
  }

  /** Writes the gaps; false when that failed for now. */
  async save(): Promise<boolean> {
    try {
      await this.#file.write(this.#state);
      return true;
    } catch {
      return false;
    }
  }
}
