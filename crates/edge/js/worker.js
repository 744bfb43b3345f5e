// The Worker's entry. The program is compiled by the runtime when the Worker is uploaded, so starting it is cheap.

import module from "./roster_edge_bg.wasm";
import { __wbg_reset_state, fetch as answer, initSync, problemOfABug } from "./roster_edge.js";

export { SourceObject } from "./roster_edge.js";

initSync({ module });

// Written down while the program runs: after a stop it can say nothing.
const BUG = problemOfABug();

export default {
  async fetch(request, env, context) {
    try {
      return await answer(request, env, context);
    } catch (error) {
      // A stopped program stays stopped. The next request gets a new one.
      if (error instanceof WebAssembly.RuntimeError) __wbg_reset_state();
      console.error("the program came to a stop");
      return new Response(BUG, { status: 500, headers: { "content-type": "application/problem+json", "cache-control": "private, no-store" } });
    }
  },
};
