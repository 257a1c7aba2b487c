/** Most seconds that two notions of an engine's time may differ (RFC 3414, section 2.3). */
const TIME_WINDOW_SECONDS = 150;
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
  private isTrusted = false;

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

  /** Checks and follows the clock of an authenticated reply (RFC 3414, 3.2, 7b); false for one too old. */
  accept(boots: number, time: number): boolean {
    if (!this.isTrusted) {
      this.resync(boots, time);
      return true;
    }
    if (boots < this.boots) return false;
    const expected = this.now().time;
    if (boots === this.boots && time < expected - TIME_WINDOW_SECONDS) return false;
    if (boots > this.boots || time > expected) this.set(boots, time);
    return true;
  }

  private set(boots: number, time: number): void {
    this.boots = boots;
    this.time = time;
    this.syncedAtMs = boots === 0 && time === 0 ? 0 : performance.now();
  }
}
