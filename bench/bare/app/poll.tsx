"use client";

import { QueryClient, QueryClientProvider, useQuery } from "@tanstack/react-query";
import { useState } from "react";

function Told() {
  const { data } = useQuery({
    queryKey: ["row"],
    queryFn: async () => (await fetch("/api/row")).text(),
    refetchInterval: 2_000,
  });
  return <p role="status">{data}</p>;
}

/** One polling query and nothing else. */
export function Poll() {
  const [client] = useState(() => new QueryClient());
  return (
    <QueryClientProvider client={client}>
      <Told />
    </QueryClientProvider>
  );
}
