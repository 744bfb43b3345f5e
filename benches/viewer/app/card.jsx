// One profile with the nodes, attributes and classes that the viewer's card has.
import { memo } from "react";

import { statusOf } from "../../peers/profile.js";
import { Icon } from "./icon.jsx";
import { Marked } from "./marked.jsx";

const MAX_BADGES = 8;
const dates = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeZone: "UTC" });
const ages = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
const YEAR_MS = 365.25 * 24 * 60 * 60 * 1000;

export const Card = memo(function Card({ row, place, total, needle, now }) {
  const key = `ayrshare:${row.refId}`;
  const platforms = row.activeSocialAccounts;
  return (
    <article className="card" data-key={key} data-provider="ayrshare" data-place={place} aria-labelledby={`open-${key}`} aria-posinset={place + 1} aria-setsize={total}>
      <Head row={row} id={`open-${key}`} needle={needle} />
      <div className="card__badges" role="img" title={platforms?.join(", ")}>{platforms?.slice(0, MAX_BADGES).map((platform) => <bdi key={platform} className="badge">{platform.slice(0, 3)}</bdi>)}</div>
      <div className="card__lines">
        <Line slot="accounts" text={accounts(platforms)} needle={needle} />
        <Line slot="trouble" text="Health is not checked yet" needle={needle} action={<button type="button" className="text-button" data-action="check" title="Load for this profile (1 request)">Check</button>} />
        <Line slot="byok" text="X keys: not in the list" needle={needle} />
      </div>
      <div className="card__bar" />
      <div className="card__lines card__lines--last" />
      <Foot row={row} now={now} />
    </article>
  );
});

function Head({ row, id, needle }) {
  const [name, second] = row.displayTitle ? [row.displayTitle, row.title] : [row.title ?? row.refId, undefined];
  const status = statusOf(row);
  return (
    <header className="card__head">
      <span className="avatar" aria-hidden="true"><span className="avatar__initials">{initials(name)}</span></span>
      <div className="card__names">
        <h3 className="card__name">
          <button type="button" id={id} className="card__opener" data-action="open" title={name} aria-expanded="false"><Marked text={name} needle={needle} /></button>
        </h3>
        <div className="card__second-line">
          <span className="card__marks" data-slot="state">
            <span className={`mark mark--${status === "active" ? "good" : "bad"}`}><Icon name="check" /><bdi>{status}</bdi></span>
          </span>
          {second && <Marked className="card__second" slot="second" text={second} needle={needle} />}
        </div>
      </div>
      <label className="pick">
        <input type="checkbox" className="pick__box" id={`pick-${id}`} data-action="pick" aria-label="Choose" aria-labelledby={`pick-${id} ${id}`} />
      </label>
    </header>
  );
}

function Line({ slot, text, needle, action }) {
  return (
    <p className={`card__line card__line--${slot} tone--plain`} data-slot={slot}><Marked text={text} needle={needle} />{action && <span>{action}</span>}</p>
  );
}

function Foot({ row, now }) {
  const id = row.refId;
  return (
    <footer className="card__foot">
      <span className="card__date" data-slot="date" title={row.createdUTC}>{created(row.createdUTC, now)}</span>
      <span className="card__id" data-slot="id">
        <code id={`id-${id}`} title={id}>{`${id.slice(0, 6)}…${id.slice(-4)}`}</code>
        <button type="button" className="icon-button" id={`copy-${id}`} data-action="copy-id" aria-label="Copy id" aria-labelledby={`copy-${id} id-${id}`}><Icon name="copy" /></button>
      </span>
      <button type="button" className="card__details" tabIndex={-1} aria-hidden="true" data-action="details">Details</button>
    </footer>
  );
}

function accounts(platforms) {
  if (platforms === undefined) return "not set";
  return platforms.length === 0 ? "No accounts connected" : `${platforms.length} account${platforms.length === 1 ? "" : "s"}`;
}

function initials(name) {
  return name.split(/\s+/u).slice(0, 2).map((word) => Array.from(word)[0] ?? "").join("").toUpperCase();
}

function created(text, now) {
  const at = Date.parse(text);
  return Number.isNaN(at) ? "" : `${dates.format(at)} · ${ages.format(Math.round((at - now) / YEAR_MS), "year")}`;
}
