import { call } from "./module.js";
import { Packed } from "./packed.js";
import type { Came, Feed } from "./pages.js";
import { type Machine, SEND, WAIT, failed } from "./steps.js";
import { type Exchange, type Transport, sleep } from "./transport.js";
import type { RawBatch } from "./wasm/roster_wasm.js";

/** Most bytes that are looked at in one go: a `fetch` of one's own may hand over a whole file at once. */
const PART_BYTES = 256 * 1024;

/** The batch file while it arrives. No more is read than is asked for, so little of it is in memory at a time. */
export class BatchFeed implements Feed {
  readonly #raw: RawBatch;
  readonly #transport: Transport;
  #file: { exchange: Exchange; read: () => Promise<Uint8Array | undefined> } | undefined;
  /** What was read and not looked at. */
  #rest: Uint8Array = new Uint8Array();

  constructor(raw: RawBatch, transport: Transport) {
    this.#raw = raw;
    this.#transport = transport;
  }

  async advance(signal: AbortSignal, onWait: (ms: number) => void): Promise<Came | undefined> {
    call(() => this.#raw.begin());
    while (!this.#raw.isFull) {
      const step = this.#file ? await this.#part() : await this.#ask(signal);
      if (step === "end") return undefined;
      if (step instanceof Packed) await this.#wait(step, signal, onWait);
      else if (step) return step;
    }
    return undefined;
  }

  free(): void {
    this.#file?.exchange.close();
    this.#file = undefined;
    this.#raw.free();
  }

  /** Asks for the ticket or for the file: a wait, or nothing if the file begins to arrive. */
  async #ask(signal: AbortSignal): Promise<Packed | "end" | undefined> {
    const step = new Packed(call(() => this.#raw.next(Date.now())));
    const kind = step.number();
    if (kind === WAIT) return step;
    if (kind !== SEND) return "end";
    let exchange: Exchange | undefined;
    try {
      exchange = await this.#transport.open(step.text(), signal);
      const { status, headers } = exchange;
      if (this.#raw.isAtFile && status >= 200 && status < 300) {
        call(() => this.#raw.open(headers));
        this.#file = { exchange, read: exchange.parts() };
        return undefined;
      }
      const body = await exchange.whole();
      return waitIn(call(() => this.#raw.answer(status, headers, body, Date.now(), Math.random())));
    } catch (failure) {
      exchange?.close();
      return waitIn(failed(this.#raw as Machine, failure));
    }
  }

  /** The next part of the file: a page, or nothing if it completes none, or a wait if the file broke off. */
  async #part(): Promise<Came | Packed | "end" | undefined> {
    const { exchange, read } = this.#file!;
    try {
      const bytes = this.#rest.length ? this.#rest : await read();
      if (bytes) return this.#push(bytes);
    } catch (failure) {
      this.#file = undefined;
      this.#rest = new Uint8Array();
      exchange.close();
      return waitIn(failed(this.#raw as Machine, failure));
    }
    this.#file = undefined;
    call(() => this.#raw.finish());
    return "end";
  }

  #push(bytes: Uint8Array): Came | undefined {
    this.#rest = bytes.subarray(PART_BYTES);
    const page = call(() => this.#raw.push(bytes.subarray(0, PART_BYTES)));
    if (!page) return undefined;
    try {
      return call(() => ({ from: new Packed(page.facts()), body: page.body() }));
    } finally {
      page.free();
    }
  }

  async #wait(step: Packed, signal: AbortSignal, onWait: (ms: number) => void): Promise<void> {
    const ms = step.number();
    if (ms > 0) onWait(ms);
    await sleep(ms, signal);
  }
}

/** The wait that a machine answers with; it answers with nothing else here. */
function waitIn(packed: Packed | [string, Float64Array]): Packed {
  const step = packed instanceof Packed ? packed : new Packed(packed);
  step.number();
  return step;
}
