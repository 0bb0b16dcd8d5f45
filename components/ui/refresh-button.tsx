"use client";
import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { Button } from "./button.tsx";

/** Shows the page as it is now because somebody asked for it; nothing does so by itself. */
export function RefreshButton({ children }: { children: ReactNode }) {
  const router = useRouter();
  return (
    <Button look="secondary" onClick={() => router.refresh()}>
      {children}
    </Button>
  );
}
