// Holds requests of a page until the journey lets them go: "slow" without a clock.

/** A gate across the requests that a predicate picks. */
export class Gate {
  /** What arrived at the gate so far. */
  held = [];
  #waiters = [];
  #releases = [];

  /**
   * @param {import("playwright-core").Page} page
   * @param {(url: URL) => boolean} isHeld
   * @param {(request: import("playwright-core").Request) => boolean} [isSlow] of those, which ones wait
   */
  static async across(page, isHeld, isSlow = () => true) {
    const gate = new Gate();
    await page.route(isHeld, async (route) => {
      if (!isSlow(route.request())) return route.continue();
      await gate.#pass(route.request().url());
      // A request that the page gave up meanwhile cannot go on.
      await route.continue().catch(() => {});
    });
    return gate;
  }

  #pass(url) {
    this.held.push(url);
    const passed = new Promise((release) => this.#releases.push(release));
    for (const waiter of this.#waiters.splice(0)) waiter();
    return passed;
  }

  /** Waits until so many requests have arrived in all. */
  async holds(nRequests) {
    while (this.held.length < nRequests) {
      await new Promise((arrived) => this.#waiters.push(arrived));
    }
  }

  /** Lets go what waits now; what comes later waits again. */
  release() {
    for (const release of this.#releases.splice(0)) release();
  }
}
