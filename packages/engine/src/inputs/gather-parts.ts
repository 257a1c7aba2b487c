import { failureWords } from '../failure-words.ts';
import { GatherError } from '../input.ts';

/** Most failures that are told. */
const MAX_TOLD = 3;

/** The parts of one gather: one that fails costs only itself, and is told at the end. */
export class GatherParts {
  readonly #failures: unknown[] = [];

  /** Waits for a part; undefined when it fails. */
  async take<T>(part: Promise<T> | (() => Promise<T>)): Promise<T | undefined> {
    try {
      return await (typeof part === 'function' ? part() : part);
    } catch (error) {
      this.#failures.push(error);
      return undefined;
    }
  }

  /**
   * Ends the gather.
   *
   * @throws what failed
   */
  finish(): void {
    const [first] = this.#failures;
    if (first === undefined) return;
    const messages = [...new Set(this.#failures.map((failure) => failureWords(failure).message))];
    if (messages.length === 1) throw first;
    const told = messages.slice(0, MAX_TOLD).join(' ');
    const more = messages.length > MAX_TOLD ? ` And ${messages.length - MAX_TOLD} more.` : '';
    const status = first instanceof GatherError ? first.status : 'bad_answer';
    throw new GatherError(status, `${told}${more}`, { cause: first });
  }
}
