"use client";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";

/**
 * What the browser keeps of answers, from signing in to signing out: nothing that somebody saw is there for who comes next. Polls
 * pause while the tab is hidden and catch up once on return.
 */
export function Queries({ children }: { children: ReactNode }) {
  const [client] = useState(
    () =>
      new QueryClient({ defaultOptions: { queries: { retry: false, refetchIntervalInBackground: false } } }),
  );
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}
