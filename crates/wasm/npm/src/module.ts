import start from "./wasm/roster_wasm.js";

import { RosterError, errorOf } from "./errors.js";

/** Where the WebAssembly module may come from. */
export type ModuleSource = string | URL | Response | BufferSource | WebAssembly.Module;

let loading: Promise<void> | undefined;
let isReady = false;
let trap: { cause: unknown } | undefined;

/** Loads the module once; a load that failed can be tried again. */
export function load(open: () => ModuleSource | Promise<ModuleSource>): Promise<void> {
  loading ??= begin(open).catch((cause: unknown) => {
    loading = undefined;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new RosterError("not_initialised", `the WebAssembly module could not be loaded: ${why}`, { cause });
  });
  return loading;
}

async function begin(open: () => ModuleSource | Promise<ModuleSource>): Promise<void> {
  await start({ module_or_path: await open() });
  isReady = true;
}

/** Refuses to go on without the module, or with one that has trapped. */
export function mustBeReady(): void {
  if (trap) {
    const message = "an earlier call trapped; reload the page, worker or process";
    throw new RosterError("poisoned", message, trap);
  }
  if (!isReady) throw new RosterError("not_initialised", "call init() or Client.connect() first");
}

/** Calls into the module: what it throws becomes a `RosterError`, and a trap is remembered. */
export function call<T>(work: () => T, beneath?: { cause: unknown }): T {
  mustBeReady();
  try {
    return work();
  } catch (error) {
    if (typeof error === "string") throw errorOf(error, beneath);
    if (isTrap(error)) {
      trap = { cause: error };
      throw new RosterError("poisoned", `the WebAssembly module trapped: ${(error as Error).message}`, trap);
    }
    throw new RosterError("invalid_argument", `the call failed: ${String(error)}`, { cause: error });
  }
}

/** A trap leaves the module's memory as it was in the middle of something; so does a stack that ran over. */
function isTrap(error: unknown): boolean {
  if (error instanceof WebAssembly.RuntimeError) return true;
  return error instanceof Error && /call stack|recursion/i.test(error.message);
}
