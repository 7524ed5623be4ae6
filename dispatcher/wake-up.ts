/**
 * A flag that remembers a wake-up which comes while nobody waits: notification, reconnect, a slot
 * that became free, and the timer all come in through here.
 */
export class WakeUp {
  #isSet = false;
  #resolve: (() => void) | null = null;

  /** Wakes whoever waits, or the next one who would. */
  set(): void {
    this.#isSet = true;
    this.#resolve?.();
  }

  /** Returns at the next wake-up, or after `timeoutMs`; clears the flag. */
  async wait(timeoutMs: number): Promise<void> {
    if (!this.#isSet) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.min(timeoutMs, 2 ** 31 - 1));
        this.#resolve = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.#resolve = null;
    }
    this.#isSet = false;
  }
}
