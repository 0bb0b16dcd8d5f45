/**
 * npm ends without telling us: `kill` of npm ends npm and its shell, and leaves us behind, still serving. So the npm
 * that started us is watched, and its end is ours.
 */
import { commandLine, parentOf, processIdentity } from "../process/facts.mjs";

const lookMs = 250;

/** The shell that npm started us in, and npm itself; nobody when npm did not start us. */
function npmAncestors() {
  if (!process.env.npm_lifecycle_event || process.platform === "win32") return [];
  const parent = process.ppid;
  const isShell = / -c /.test(commandLine(parent));
  return isShell ? [parent, parentOf(parent)] : [parent];
}

/** @param {() => void} onGone called once */
export function watchNpm(onGone) {
  const watched = npmAncestors()
    .filter((pid) => pid > 1)
    .map((pid) => ({ pid, identity: processIdentity(pid) }));
  if (watched.length === 0) return;
  const timer = setInterval(() => {
    if (watched.every(({ pid, identity }) => processIdentity(pid) === identity)) return;
    clearInterval(timer);
    onGone();
  }, lookMs);
  timer.unref();
}
