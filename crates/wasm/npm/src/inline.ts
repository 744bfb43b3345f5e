/// <reference lib="esnext.disposable" preserve="true" />
import { bytes } from "./wasm/inline.js";

import { BaseClient } from "./client.js";
import { type ModuleSource, load } from "./module.js";
import type { ClientOptions } from "./options.js";

export * from "./api.js";

/**
 * Loads the WebAssembly module. Optional where `Client.connect` is used; idempotent; concurrent calls share one load.
 *
 * @param source Where the module is: a URL, a response, bytes or a compiled module. By default: the one within this file.
 */
export function init(source?: ModuleSource): Promise<void> {
  return load(() => source ?? bytes());
}

/** A client of one proxy. */
export class Client extends BaseClient {
  /** `init()` and a client. */
  static async connect(options: ClientOptions): Promise<Client> {
    await init();
    return new Client(options);
  }
}
