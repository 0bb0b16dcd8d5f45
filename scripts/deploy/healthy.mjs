/** Exit code 0 while the process here answers. `node healthy.mjs` is the image's health check. */
const answer = await fetch(`http://127.0.0.1:${process.env.PORT || 3000}/api/health`).catch(() => null);
process.exitCode = answer?.ok ? 0 : 1;
