// For programs that run on a command line.
import { use } from "./use.js";

const baseUrl = globalThis.Deno ? Deno.args[0] : process.argv[2];
console.log(await use(baseUrl));
