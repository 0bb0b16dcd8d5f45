/**
 * Preloaded into every child of the launcher: when the launcher is gone, however it went, so is the child. What a child
 * starts in turn inherits this file but is not ours to end: its channel belongs to its own parent.
 */
const launcher = Number(process.env.STOREDESK_LAUNCHER_PID);

if (process.ppid === launcher) {
  process.on("disconnect", () => process.exit(0));
  // The tether alone keeps nobody alive.
  process.channel?.unref();
} else if (!isThere(launcher)) {
  // Killed before we came to look.
  process.exit(0);
}

/** @param {number} pid */
function isThere(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
