// Chromium, one for each process: a file of journeys is one.
import { existsSync } from "node:fs";

import { chromium } from "playwright-core";

const SYSTEM = "/usr/bin/chromium";

let launched;

/** The browser; started when first asked for. Whoever asked closes it in the end. */
export function browser() {
  launched ??= launch();
  return launched;
}

function launch() {
  const named = process.env.ROSTER_CHROMIUM ?? (existsSync(SYSTEM) ? SYSTEM : undefined);
  const flags = ["--disable-gpu", "--disable-background-networking"];
  // Chromium's own sandbox refuses to run as root, which is who runs things in a container.
  const isRoot = process.getuid?.() === 0;
  return chromium.launch({ executablePath: named, args: isRoot ? [...flags, "--no-sandbox"] : flags });
}
