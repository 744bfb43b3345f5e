/**
 * Work that is done a piece at a time, each in a pause of whoever runs here. It keeps no process of Node alive, and
 * never fails: what goes wrong there goes wrong again where somebody asks, and is told then.
 */
export class Pauses {
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Starts work, unless some is under way; `piece` says whether all is done. */
  start(piece: () => boolean): void {
    if (this.#timer !== undefined) return;
    try {
      this.#timer = setTimeout(() => {
        this.#timer = undefined;
        if (!isDone(piece)) this.start(piece);
      });
      (this.#timer as { unref?: () => void }).unref?.();
    } catch {
      // A Worker has no timers outside of a request. Then the first question does the work.
    }
  }

  /** Stops it. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}

function isDone(piece: () => boolean): boolean {
  try {
    return piece();
  } catch {
    return true;
  }
}
