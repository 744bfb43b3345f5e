// The longest time for which a page could neither draw nor hear, from Chromium's own records.

const TASK = "ThreadControllerImpl::RunTask";
const CATEGORIES = ["toplevel", "disabled-by-default-devtools.timeline", "devtools.timeline"];

/**
 * Does something while Chromium records.
 *
 * @returns {Promise<{ wallMs: number, cpuMs: number, n: number }>} the longest task of the page's main thread, by the clock and
 *   by what the processor spent on it, which other programs cannot lengthen; and how many tasks there were
 */
export async function longestTask(browser, page, act) {
  await browser.startTracing(page, { categories: CATEGORIES });
  await act();
  const { traceEvents } = JSON.parse(await browser.stopTracing());
  const pid = pidOf(traceEvents, page.url());
  const main = traceEvents.find(({ name, args, pid: own }) => name === "thread_name" && args.name === "CrRendererMain" && own === pid);
  const tasks = traceEvents.filter(({ name, tid, pid: own, dur }) => own === pid && tid === main.tid && dur > 0 && (name === TASK || name === "RunTask"));
  if (tasks.length === 0) throw new Error("the trace holds no task of the page");
  const longest = (of) => tasks.reduce((most, task) => Math.max(most, of(task)), 0) / 1000;
  return { wallMs: longest(({ dur }) => dur), cpuMs: longest(spentUs), n: tasks.length };
}

/** The thread's clock goes forward in leaps now and then, of which no task can have spent more than it took. */
function spentUs({ dur, tdur }) {
  return Math.min(dur, tdur ?? 0);
}

function pidOf(events, url) {
  const start = events.find(({ name }) => name === "TracingStartedInBrowser");
  const own = start.args.data.frames.find((frame) => url.startsWith(frame.url) || frame.url.startsWith(url.split("#")[0]));
  if (own === undefined) throw new Error(`the trace knows no page at ${url}`);
  return own.processId;
}
