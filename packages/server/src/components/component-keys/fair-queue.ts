import { appError } from '../../platform/http/index.ts';

interface Job {
  rank: number;
  start: () => void;
  refuse: (error: Error) => void;
}

/**
 * A queue that runs at most `width` pieces of heavy work at once. Those that wait take turns by their group, so that a
 * flood from one place costs the others one turn, not the whole queue; within a group the lower rank goes first. With
 * `length` waiting, the longest group loses its last.
 */
export class FairQueue {
  readonly #width: number;
  readonly #length: number;
  /** Waiting work by group, in the order of turns. */
  readonly #groups = new Map<string, Job[]>();
  #running = 0;
  #waiting = 0;
  /** Number of pieces of work that were turned away. */
  refused = 0;

  constructor(width: number, length: number) {
    this.#width = width;
    this.#length = length;
  }

  get waiting(): number {
    return this.#waiting;
  }

  /** @throws AppError overloaded when the queue has no place for it, or no longer has */
  async run<T>(place: { group: string; rank: number }, work: () => Promise<T>): Promise<T> {
    if (this.#running < this.#width) this.#running += 1;
    else await this.#wait(place);
    try {
      return await work();
    } finally {
      // The place goes to the next in line, so a newcomer cannot overtake.
      const next = this.#next();
      if (next) next.start();
      else this.#running -= 1;
    }
  }

  #wait({ group, rank }: { group: string; rank: number }): Promise<void> {
    return new Promise((start, refuse) => {
      const job = { rank, start, refuse };
      if (this.#waiting >= this.#length && !this.#makeRoom(group)) {
        this.#turnAway(job);
        return;
      }
      this.#waiting += 1;
      const jobs = this.#groups.get(group);
      if (!jobs) {
        this.#groups.set(group, [job]);
        return;
      }
      let at = jobs.length;
      while (at > 0 && (jobs[at - 1] as Job).rank > rank) at -= 1;
      jobs.splice(at, 0, job);
    });
  }

  #next(): Job | undefined {
    const [first] = this.#groups;
    if (!first) return undefined;
    const [group, jobs] = first;
    const job = jobs.shift();
    this.#groups.delete(group);
    if (jobs.length > 0) this.#groups.set(group, jobs);
    this.#waiting -= 1;
    return job;
  }

  /** Turns the last of the longest group away, unless that is the group of the newcomer. */
  #makeRoom(group: string): boolean {
    let longest: [string, Job[]] | undefined;
    for (const entry of this.#groups) if (entry[1].length > (longest?.[1].length ?? 0)) longest = entry;
    if (!longest || longest[0] === group) return false;
    const last = longest[1].pop();
    if (longest[1].length === 0) this.#groups.delete(longest[0]);
    this.#waiting -= 1;
    if (last) this.#turnAway(last);
    return true;
  }

  #turnAway(job: Job): void {
    this.refused += 1;
    job.refuse(appError('overloaded', 'Too many keys wait for their proof; try again shortly.'));
  }
}
