// What a page did while nobody looked: what it asked, and what it complained about.
import assert from "node:assert/strict";

const API = "/api/v1/";

/** Records a page's requests and complaints. */
export class Watch {
  /** Everything that the page asked of the proxy's lists, in order. */
  asked = [];
  /** Every URL that the page asked for. */
  urls = [];
  #complaints = [];
  #allowed;

  /**
   * @param {import("playwright-core").Page} page
   * @param {RegExp[]} allowed complaints that the journey provokes on purpose
   */
  constructor(page, allowed) {
    this.#allowed = allowed;
    page.on("request", (request) => this.#request(request));
    page.on("console", (message) => this.#message(message));
    page.on("pageerror", (error) => this.#complaints.push(`uncaught: ${error?.stack ?? error}`));
    page.on("dialog", (dialog) => {
      this.#complaints.push(`a dialog opened: ${dialog.message()}`);
      void dialog.dismiss();
    });
  }

  #request(request) {
    const url = new URL(request.url());
    this.urls.push(request.url());
    if (!url.pathname.includes(API)) return;
    const [source, route] = url.pathname.split(API)[1].split(/\/(.*)/s);
    if (route === undefined) return;
    const answer = request.response().then(async (response) => {
      if (response === null) return undefined;
      return { status: response.status(), text: await response.text() };
    });
    answer.catch(() => {}); // An aborted request has no answer; who wants one awaits it.
    this.asked.push({ source, route, params: url.searchParams, target: url.pathname + url.search, answer });
  }

  #message(message) {
    if (message.type() !== "error" && !/content security policy/i.test(message.text())) return;
    this.#complaints.push(`${message.text()} (${message.location().url})`);
  }

  /** What was asked of one source's list. */
  of(source, route = "profiles") {
    return this.asked.filter((request) => request.source === source && request.route === route);
  }

  /** The answers of one source's list that arrived whole, in order. */
  async answers(source, route = "profiles") {
    const settled = await Promise.allSettled(this.of(source, route).map((request) => request.answer));
    return settled.flatMap((result) => (result.status === "fulfilled" && result.value ? [result.value] : []));
  }

  /** Fails on any error in the console, any uncaught error, any dialog and any breach of the policy. */
  assertClean() {
    const complaints = this.#complaints.filter((text) => !this.#allowed.some((pattern) => pattern.test(text)));
    assert.deepEqual(complaints, [], "the page complained");
  }
}
