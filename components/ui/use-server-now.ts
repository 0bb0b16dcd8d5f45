"use client";
import { useEffect, useState } from "react";

const tickMs = 1_000;

/**
 * The server's clock in ms, ticking each second from what the server said last. A till's own clock may be wrong, so its
 * steady clock counts the time in between and its wall clock is never asked.
 */
export function useServerNow(serverNow: string): number {
  const [nowMs, setNowMs] = useState(() => Date.parse(serverNow));
  useEffect(() => {
    const toldMs = Date.parse(serverNow);
    const heardAtMs = performance.now();
    const tick = () => setNowMs(toldMs + performance.now() - heardAtMs);
    tick();
    const timer = setInterval(tick, tickMs);
    return () => clearInterval(timer);
  }, [serverNow]);
  return nowMs;
}
