/** Preloaded into every child of the launcher: when the launcher is gone, however it went, so is the child. */
process.on("disconnect", () => process.exit(0));
// The tether alone keeps nobody alive.
process.channel?.unref();
