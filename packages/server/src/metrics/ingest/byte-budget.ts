/** The budget of bytes that may be held at one time; what does not fit is refused at once, not queued. */
export class ByteBudget {
  readonly limitBytes: number;
  #usedBytes = 0;

  constructor(limitBytes: number) {
    this.limitBytes = limitBytes;
  }

  get usedBytes(): number {
    return this.#usedBytes;
  }

  /** Opens an account, to be charged as bytes come in and closed when they are gone. */
  open(): ByteAccount {
    let heldBytes = 0;
    return {
      /** Sets the number of held bytes; false, with nothing changed, when that does not fit. */
      hold: (bytes) => {
        if (bytes > heldBytes && this.#usedBytes + bytes - heldBytes > this.limitBytes) return false;
        this.#usedBytes += bytes - heldBytes;
        heldBytes = bytes;
        return true;
      },
      close: () => {
        this.#usedBytes -= heldBytes;
        heldBytes = 0;
      },
    };
  }
}

export interface ByteAccount {
  hold(bytes: number): boolean;
  close(): void;
}

/** A gate that lets some pieces of work run at a time, the others in the order in which they came. */
export class Gate {
  readonly #width: number;
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(width: number) {
    this.#width = width;
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running >= this.#width) {
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
      });
    } else {
      this.#running += 1;
    }
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running -= 1;
    }
  }
}
