"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { sayLocked } from "./screen-lock.ts";

/** Why what is shown is no longer fresh; message keys under `liveTrouble`. */
export type LiveTrouble = "offline" | "noAnswer" | "signedOut" | "locked" | "gone";

class StatusError extends Error {
  override readonly name = "StatusError";
  readonly status: number;
  constructor(status: number) {
    super(`status ${status}`);
    this.status = status;
  }
}

async function read<T>(address: string): Promise<T> {
  const answer = await fetch(address, { cache: "no-store" });
  if (answer.status === 423) sayLocked();
  if (!answer.ok) throw new StatusError(answer.status);
  return answer.json();
}

function troubleOf(error: Error | null, isPaused: boolean): LiveTrouble | null {
  if (isPaused) return "offline";
  if (error === null) return null;
  if (!(error instanceof StatusError)) return "offline";
  if (error.status === 401) return "signedOut";
  if (error.status === 423) return "locked";
  return error.status === 404 ? "gone" : "noAnswer";
}

const ended: readonly (LiveTrouble | null)[] = ["signedOut", "locked", "gone"];

/**
 * What a GET address answers, kept fresh while the page is visible: it rests while hidden, catches up once on return, goes
 * on after trouble, and never goes blank. What the page came with counts until something newer is heard. It reads and
 * nothing else, so a page left open never looks like a person at work. `isHeard`: something was heard since it opened.
 */
export function useLiveData<T extends { readonly serverNow: string }>(
  address: string,
  initial: T,
  everyMs: (shown: T) => number | false,
): { shown: T; trouble: LiveTrouble | null; isHeard: boolean } {
  const client = useQueryClient();
  const {
    data = initial,
    error,
    isPaused,
    isFetchedAfterMount,
  } = useQuery<T>({
    queryKey: [address],
    initialData: initial,
    initialDataUpdatedAt: 0,
    queryFn: () => read<T>(address),
    refetchOnWindowFocus: "always",
    refetchInterval: ({ state }) =>
      ended.includes(troubleOf(state.error, false)) ? false : everyMs(state.data ?? initial),
  });
  const shown = data.serverNow < initial.serverNow ? initial : data;
  useEffect(() => {
    client.setQueryData<T>([address], (known) =>
      known && known.serverNow >= initial.serverNow ? known : initial,
    );
  }, [client, address, initial]);
  return { shown, trouble: troubleOf(error, isPaused), isHeard: isFetchedAfterMount && error === null };
}
