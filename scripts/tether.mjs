/** Preloaded into every child of the launcher: no launcher, no child. */
process.on("disconnect", () => process.exit(0));
process.channel?.unref();
