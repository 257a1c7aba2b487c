/** Seconds that an answer may have been on its way, so that its clock is no other one. */
const CLOCK_SLACK_SECONDS = 100;
const MAX_ENGINE_TIME = 0x7fffffff;

/**
 * A device's SNMP engine as known to us: its id, and its clock as last authenticated. Shared by all sessions with the
 * device.
 */
export class UsmEngine {
  id: Buffer = Buffer.alloc(0);
  private boots = 0;
  private time = 0;
  private syncedAtMs = 0;
  /** True once an authenticated message gave the time: a first, unauthenticated one is only a guess. */
  isTrusted = false;

  /** When a message of this engine was last taken, by `performance.now()`: answers of other sessions count. */
  private heardAtMs = Number.NEGATIVE_INFINITY;

  /** True when it was heard within this time. */
  wasHeardWithin(durationMs: number): boolean {
    return performance.now() - this.heardAtMs < durationMs;
  }

  /** Notes that it has answered discovery, or a request. */
  noteHeard(): void {
    this.heardAtMs = performance.now();
  }

  get isKnown(): boolean {
    return this.id.length > 0;
  }

  /** Takes id and clock from the report that answers discovery. */
  discover(id: Uint8Array, boots: number, time: number): void {
    this.id = Buffer.from(id);
    this.isTrusted = false;
    this.noteHeard();
    this.set(boots, time);
  }

  forget(): void {
    this.id = Buffer.alloc(0);
    this.isTrusted = false;
    this.set(0, 0);
  }

  /** Takes a clock that is not authenticated, as long as there is none that was. */
  guess(boots: number, time: number): void {
    if (!this.isTrusted) this.set(boots, time);
  }

  /** Takes the clock of an authenticated report that said we were out of its time window. */
  resync(boots: number, time: number): void {
    this.isTrusted = true;
    this.set(boots, time);
  }

  /** Returns the clock to put into a message now. */
  now(): { boots: number; time: number } {
    const elapsed = this.syncedAtMs === 0 ? 0 : Math.floor((performance.now() - this.syncedAtMs) / 1_000);
    return { boots: this.boots, time: Math.min(this.time + elapsed, MAX_ENGINE_TIME) };
  }

  /**
   * Follows the clock of an authenticated reply to a request that is in flight. RFC 3414 (3.2, 7b) has one dropped that is
   * older than the last: devices that keep no count of their restarts would be silent for ever, and what its own message
   * id has been signed with is no repeat of an old one.
   */
  follow(boots: number, time: number): void {
    const { boots: known, time: expected } = this.now();
    if (!this.isTrusted || boots !== known || time > expected || time < expected - CLOCK_SLACK_SECONDS) {
      this.resync(boots, time);
    }
  }

  private set(boots: number, time: number): void {
    this.boots = boots;
    this.time = time;
    this.syncedAtMs = boots === 0 && time === 0 ? 0 : performance.now();
  }
}
