/** Time for which a device that refused GETBULK is asked by GETNEXT only: a restart or an update may mend it. */
const KEEP_MS = 3_600_000;

/** What is known of how a device answers questions for several objects. */
export class BulkMemory {
  /** True when the device has answered in another order than asked: its varbinds go by their OIDs from then on. */
  isShuffled = false;
  /** True when its errors were seen to name the right object of several. */
  namesRightly = false;
  /** True when it has answered a GETBULK with values. */
  isProven = false;
  private refusedUntil = 0;
  private readonly now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.now = now;
  }

  get isRefused(): boolean {
    return this.now() < this.refusedUntil;
  }

  /** True when it once refused GETBULK and has not answered one since: the next silence needs no second try. */
  get isDoubtful(): boolean {
    return this.refusedUntil > 0 && !this.isProven;
  }

  noteAnswer(): void {
    this.isProven = true;
    this.refusedUntil = 0;
  }

  /** Notes that GETNEXT was answered where GETBULK was not. */
  noteRefusal(): void {
    this.isProven = false;
    this.refusedUntil = this.now() + KEEP_MS;
  }
}
