import "server-only";

/** What the launcher is asked for over the channel between it and its children (scripts/launch/anew.mjs). */
export type AnewMessage = { readonly storedesk: "begin anew"; readonly by: string };

/** Whether this process was started by a launcher that keeps its books and simulators too. */
export function hasLauncher(): boolean {
  return typeof process.send === "function" && process.connected;
}

/** Asks the launcher to stop this desk, lay its books out anew and start it again. */
export function askAnew(by: string): void {
  const message: AnewMessage = { storedesk: "begin anew", by };
  process.send?.(message);
}
