"use client";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { setNonce } from "get-nonce";
import { type ReactNode, useState } from "react";
import { LiveRegion } from "#components/ui/live-region.tsx";

/** The page's one live region, and the browser's query cache: polls pause while the tab is hidden and catch up once on return. */
export function Providers({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  // The dialog's scroll lock writes a style of its own; without the page's nonce the browser refuses it.
  useState(() => nonce && setNonce(nonce));
  const [client] = useState(
    () =>
      new QueryClient({ defaultOptions: { queries: { retry: false, refetchIntervalInBackground: false } } }),
  );
  return (
    <QueryClientProvider client={client}>
      <LiveRegion>{children}</LiveRegion>
    </QueryClientProvider>
  );
}
