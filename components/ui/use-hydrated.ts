"use client";
import { useSyncExternalStore } from "react";

const never = () => () => undefined;

/** False in what the server sends and until the page's scripts are at work here; true from then on. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
