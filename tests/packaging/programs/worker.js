// The same inside a Web Worker.
import { use } from "./use.js";

use(new URL("/api/v1", self.location.href).href).then(
  (told) => self.postMessage({ state: "done", told }),
  (error) => self.postMessage({ state: "failed", told: String(error?.stack ?? error) }),
);
