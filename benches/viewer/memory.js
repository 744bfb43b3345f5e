// What a page's process holds, as Linux counts it: objects, WebAssembly's memory, code, the document.
import { readFile } from "node:fs/promises";

const IN_KIB = /^RssAnon:\s+(\d+) kB$/m;

/** Bytes of the page's process after a collection of garbage; `undefined` where the system does not tell. */
export async function residentBytes(browser, page) {
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  const pid = await pidOf(browser, page, session);
  await session.detach();
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  const found = IN_KIB.exec(status);
  return found === null ? undefined : Number(found[1]) * 1024;
}

/** Among the browser's renderers, the page's is the one that works when the page does. */
async function pidOf(browser, page, session) {
  const whole = await browser.newBrowserCDPSession();
  const times = async () => {
    const { processInfo } = await whole.send("SystemInfo.getProcessInfo");
    return new Map(processInfo.filter(({ type }) => type === "renderer").map(({ id, cpuTime }) => [id, cpuTime]));
  };
  const before = await times();
  await session.send("Runtime.evaluate", { expression: "for (const end = performance.now() + 200; performance.now() < end; );" });
  const spent = [...(await times())].map(([id, time]) => [id, time - (before.get(id) ?? 0)]);
  await whole.detach();
  return spent.sort((a, b) => b[1] - a[1])[0][0];
}
