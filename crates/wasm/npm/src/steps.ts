import { call } from "./module.js";
import { Packed } from "./packed.js";
import { type Transport, Unanswered, sleep } from "./transport.js";

/** A load of the module: it says what to do next, and takes what came of it. */
export interface Machine {
  next(now: number): [string, Float64Array];
  answer(status: number, headers: string, body: Uint8Array, now: number, chance: number): [string, Float64Array];
  fail(kind: string, message: string, now: number, chance: number): [string, Float64Array];
}

/** The kinds of step, as `crates/wasm/src/load.rs` writes them. */
export const [SEND, WAIT, DONE] = [0, 1, 2];

/** Does what a machine says until something came of it; `undefined`: nothing more will come. */
export async function drive(
  machine: Machine,
  transport: Transport,
  signal: AbortSignal,
  onWait: (ms: number) => void,
): Promise<{ from: Packed; body: Uint8Array } | undefined> {
  for (let next = () => machine.next(Date.now()); ; ) {
    let from = new Packed(call(next));
    let kind = from.number();
    if (kind === SEND) {
      const sent = await exchange(machine, transport, from.text(), signal);
      from = sent.from;
      kind = from.number();
      if (kind === DONE) return sent;
    }
    if (kind !== WAIT) return undefined;
    const ms = from.number();
    onWait(ms);
    await sleep(ms, signal);
  }
}

const NOTHING = new Uint8Array();

async function exchange(machine: Machine, transport: Transport, target: string, signal: AbortSignal) {
  try {
    const answer = await transport.open(target, signal);
    const body = await answer.whole();
    const take = () => machine.answer(answer.status, answer.headers, body, Date.now(), Math.random());
    return { from: new Packed(call(take)), body };
  } catch (failure) {
    return { from: failed(machine, failure), body: NOTHING };
  }
}

/** Tells a machine that no answer came; other failures are not its own. */
export function failed(machine: Machine, failure: unknown): Packed {
  if (!(failure instanceof Unanswered)) throw failure;
  const { kind, message, cause } = failure;
  const take = () => machine.fail(kind, message, Date.now(), Math.random());
  return new Packed(call(take, { cause }));
}
