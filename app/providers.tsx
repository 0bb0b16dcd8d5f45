"use client";
import { setNonce } from "get-nonce";
import { type ReactNode, useState } from "react";
import { LiveRegion } from "#components/ui/live-region.tsx";

/** The page's one live region. */
export function Providers({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  // The dialog's scroll lock writes a style of its own; without the page's nonce the browser refuses it.
  useState(() => nonce && setNonce(nonce));
  return <LiveRegion>{children}</LiveRegion>;
}
