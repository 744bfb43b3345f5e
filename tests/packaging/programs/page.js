// For pages: the answer stands in the document, where the test reads it.
import { use } from "./use.js";

const show = (state, text) => {
  document.body.dataset.state = state;
  document.body.textContent = text;
};

use(new URL("/api/v1", location.href).href).then((told) => show("done", told), (error) => show("failed", String(error?.stack ?? error)));
