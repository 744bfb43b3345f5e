/// <reference lib="esnext.disposable" preserve="true" />
import { readFile } from "node:fs/promises";

import { BaseClient } from "./client.js";
import { type ModuleSource, load } from "./module.js";
import type { ClientOptions } from "./options.js";

export * from "./api.js";

/**
 * Loads the WebAssembly module. Optional where `Client.connect` is used; idempotent; concurrent calls share one load.
 *
 * @param source Where the module is: a URL, a response, bytes or a compiled module. By default: the file beside this one.
 */
export function init(source?: ModuleSource): Promise<void> {
  return load(() => opened(source ?? new URL("./roster_wasm_bg.wasm", import.meta.url)));
}

/** A client of one proxy. */
export class Client extends BaseClient {
  /** `init()` and a client. */
  static async connect(options: ClientOptions): Promise<Client> {
    await init();
    return new Client(options);
  }
}

/** Files are read, as `fetch` does not; a text that is no URL is a path. */
async function opened(source: ModuleSource): Promise<ModuleSource> {
  const isUrl = source instanceof URL || (typeof source === "string" && /^[a-z][a-z\d+.-]+:/i.test(source));
  const url = isUrl ? new URL(source as string | URL) : undefined;
  if (url && url.protocol !== "file:") return url;
  return url || typeof source === "string" ? new Uint8Array(await readFile(url ?? (source as string))) : source;
}
