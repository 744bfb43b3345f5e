// Every state of the page that design and texts know, and how a person comes there. Journeys look at each with axe;
// `looks.js` draws each.
import { LOADING, EMPTY, FAILED } from "./states/asking.js";
import { LISTED, NARROWED, OPENED } from "./states/using.js";
import { AROUND } from "./states/around.js";
import { startProxy } from "./proxy.js";
import { visit } from "./visit.js";

/**
 * @typedef {object} State
 * @property {string} name a few words, from which the picture's file is named
 * @property {string[]} [args] arguments of the proxy
 * @property {string} [fragment] the fragment to open
 * @property {string} [media] the medium that it is for, if not the screen
 * @property {object} [context] options of Playwright's context
 * @property {boolean} [hasOwnSize] whether the context's window is what the state is about, so that it is not made another
 * @property {RegExp[]} [allowed] complaints that belong to the state
 * @property {(page: import("playwright-core").Page) => unknown} [before] what to do before the page opens
 * @property {boolean} [isEarly] whether it is over, or never comes, once every source has its first page
 * @property {(scene: object) => Promise<unknown>} [act] what a person does
 */

/** @type {State[]} */
export const STATES = [...LOADING, ...LISTED, ...NARROWED, ...OPENED, ...EMPTY, ...FAILED, ...AROUND];

/**
 * Opens the viewer and brings it into a state.
 *
 * @param {{after: (end: () => unknown) => void}} owner
 * @param {State} state
 * @param {object} context more options of Playwright's context
 */
export async function reach(owner, state, context = {}) {
  const proxy = await startProxy(state.args);
  owner.after(proxy.stop);
  const options = { allowed: state.allowed, before: state.before, context: { ...context, ...state.context } };
  const scene = await visit(owner, `${proxy.origin}/${state.fragment ?? ""}`, options);
  if (!state.isEarly) await scene.viewer.settles();
  await state.act?.(scene);
  return scene;
}
