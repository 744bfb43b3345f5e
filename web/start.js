// Loads the program. It stands in a file of its own because the page's policy allows no inline script, and it says in
// words what goes wrong before the program can speak for itself.

const SLOW_AFTER_MS = 4000;

const status = document.getElementById("start-status");
const address = (name) => document.querySelector(`meta[name="${name}"]`)?.content;

/** Replaces the line under the title; the program removes it when it draws. */
function say(text, isError = false) {
  if (!status?.isConnected) return;
  status.textContent = text;
  status.classList.toggle("shell__status--error", isError);
  if (isError) status.setAttribute("role", "alert");
}

/** The theme that was chosen here before, so that the page does not flash in the other one. */
function applyTheme() {
  try {
    const theme = localStorage.getItem("roster.theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  } catch {
    // Storage may be turned off; the system's theme is used.
  }
}

const reason = (error) => (error instanceof Error ? error.message : String(error));

async function start() {
  if (typeof WebAssembly !== "object") {
    return say("This browser is too old for the viewer. It needs WebAssembly (any browser since 2022).", true);
  }
  let size = "";
  const slow = setTimeout(() => say(`Still starting. The program ${size}is kept for next time.`), SLOW_AFTER_MS);
  try {
    const [program, binary] = await Promise.all([
      import(new URL(address("roster-js"), document.baseURI).href),
      fetch(new URL(address("roster-wasm"), document.baseURI)),
    ]);
    if (!binary.ok) throw new Error(`the program's file answered with status ${binary.status}`);
    const bytes = Number(binary.headers.get("content-length"));
    if (bytes > 0) size = `is ${Math.round(bytes / 1024).toLocaleString("en")} KB and `;
    await program.default({ module_or_path: binary });
  } catch (error) {
    if (error instanceof WebAssembly.CompileError) {
      say(
        "Your browser or this server does not allow the program to run (WebAssembly). " +
          `The host needs to allow 'wasm-unsafe-eval'. (${reason(error)})`,
        true,
      );
    } else {
      say(`The program could not be loaded: ${reason(error)}. Reload the page to try again.`, true);
    }
  } finally {
    clearTimeout(slow);
  }
}

applyTheme();
start();
