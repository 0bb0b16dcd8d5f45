export async function register(): Promise<void> {
  // biome-ignore lint/style/noProcessEnv: Next replaces this one at build time
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { start } = await import("#lib/start.ts");
  start();
}
