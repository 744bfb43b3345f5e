// The Worker's entry. The program is compiled by the runtime when the Worker is uploaded, so starting it is cheap.
//
// The program decides and this file does: a request is begun, and as long as the program wants something of the runtime
// it is done and the program called again with what came of it. Its last word is the answer.

import module from "./roster_edge_bg.wasm";
import { DEEDS, head, respond } from "./deeds.js";
import { SourceObject as Keeper, __wbg_reset_state, begin, initSync, open, problemOfABug, resume } from "./roster_edge.js";

initSync({ module });

// Written down while the program runs: after a stop it can say nothing.
const BUG = problemOfABug();

/** How often the program was started. A request that an earlier one began cannot go on. */
let nStarts = 1;
let isOpen = false;

export default {
  async fetch(request, env, context) {
    const ours = nStarts;
    try {
      const run = { env, context, came: null, kept: null, whole: null };
      run.whole = answer(request, run);
      return await run.whole;
    } catch (error) {
      startAgain(error, ours);
      return new Response(BUG, { status: 500, headers: { "content-type": "application/problem+json", "cache-control": "private, no-store" } });
    }
  },
};

/** The Durable Object of a source. A new program makes it anew, from what it stored. */
export class SourceObject {
  constructor(state, env) {
    this.state = state;
    this.env = env;
    this.nStarts = 0;
  }

  async fetch(request) {
    if (this.nStarts !== nStarts) {
      this.nStarts = nStarts;
      this.keeper = new Keeper(this.state, this.env);
    }
    const ours = nStarts;
    try {
      return await this.keeper.fetch(request);
    } catch (error) {
      startAgain(error, ours);
      return new Response(null, { status: 500 });
    }
  }
}

/** A stopped program stays stopped. The next request gets a new one. */
function startAgain(error, ours) {
  if (error instanceof WebAssembly.RuntimeError && ours === nStarts) {
    __wbg_reset_state();
    nStarts += 1;
    isOpen = false;
  }
  console.error("the program came to a stop");
}

async function answer(request, run) {
  if (!isOpen) read(run.env);
  const ours = nStarts;
  let wanted = begin(head(request));
  for (;;) {
    const fields = wanted.split("\0");
    const [id, deed] = fields;
    if (deed === "answer") return respond(fields, run);
    const { status, text, bytes } = await DEEDS[deed](fields, run);
    if (ours !== nStarts) throw new Error("the program that began this is gone");
    wanted = resume(Number(id), status, text, bytes);
  }
}

/** The bindings: the configuration, a JSON object or a text that holds one, and the secrets that it names. */
function read(env) {
  const { ROSTER } = env;
  const configuration = typeof ROSTER === "string" ? ROSTER : JSON.stringify(ROSTER ?? {});
  // Anything but a text is no secret; one that is not bound is none, and nothing waits for it.
  const secret = (name) => (typeof env[name] === "string" ? env[name] : undefined);
  open(configuration, secret, Boolean(env.SOURCES), Boolean(env.CLIENTS));
  isOpen = true;
}
