/** Largest request: below one Ethernet frame with all headers of v3. */
export const MAX_REQUEST_BYTES = 1_200;

const FIRST_VARBINDS = 64;
const FIRST_PATIENCE = 64;
const MOST_PATIENCE = 65_536;

/**
 * Decides how many varbinds to ask a device for at once. Starts at what fits a frame, doubles with every whole answer,
 * and falls to what the device really sends when it cuts replies, says tooBig or goes silent (a path that drops
 * fragments). The lower ceiling is tried again after many good answers, each time after twice as many.
 */
export class PduSizing {
  varbinds: number;
  /** Octets per varbind of recent answers, for the room to keep in the receive buffer. */
  octetsPerVarbind = 24;
  private ceiling: number;
  private readonly most: number;
  private good = 0;
  private patience = FIRST_PATIENCE / 2;

  constructor(most: number) {
    this.most = most;
    this.ceiling = most;
    this.varbinds = Math.min(FIRST_VARBINDS, most);
  }

  onWholeAnswer(varbinds: number, octets: number): void {
    if (varbinds > 0) this.octetsPerVarbind += (octets / varbinds - this.octetsPerVarbind) / 8;
    if (varbinds * 2 > this.varbinds && this.varbinds < this.ceiling) {
      this.varbinds = Math.min(this.varbinds * 2, this.ceiling);
    }
    if (this.ceiling < this.most && ++this.good >= this.patience) {
      this.good = 0;
      this.ceiling = Math.min(this.ceiling * 2, this.most);
    }
  }

  /** Notes that the device sent this many where more were asked for. */
  onCutAnswer(varbinds: number): void {
    this.lower(Math.max(varbinds, 1));
  }

  /**
   * Notes that the device said tooBig to, or did not answer, a request for this many. False when it cannot get smaller.
   */
  onTooMuch(asked: number): boolean {
    if (asked <= 1) return false;
    this.lower(Math.floor(asked / 2));
    return true;
  }

  private lower(varbinds: number): void {
    this.ceiling = Math.min(varbinds, this.most);
    this.varbinds = this.ceiling;
    this.good = 0;
    this.patience = Math.min(this.patience * 2, MOST_PATIENCE);
  }
}
