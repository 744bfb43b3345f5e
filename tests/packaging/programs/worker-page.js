// A page that leaves the work to a worker. Its policy asks for a word of trust where a script's address is given.
const trust = globalThis.trustedTypes?.createPolicy("worker", { createScriptURL: (url) => url }) ?? { createScriptURL: (url) => url };
const worker = new Worker(trust.createScriptURL(new URL("./worker.js", import.meta.url).href), { type: "module" });
const show = (state, text) => {
  document.body.dataset.state = state;
  document.body.textContent = text;
};
worker.onmessage = ({ data }) => show(data.state, data.told);
worker.onerror = (event) => show("failed", event.message ?? "the worker did not start");
