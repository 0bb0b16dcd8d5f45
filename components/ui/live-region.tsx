"use client";
import { createContext, type ReactNode, useContext, useState } from "react";

const Announce = createContext<(text: string) => void>(() => undefined);

/** Says a text once to people who listen to the page. */
export const useAnnounce = () => useContext(Announce);

/** The page's one polite voice: it is there before the first message, so that none is missed. */
export function LiveRegion({ children }: { children: ReactNode }) {
  const [text, announce] = useState("");
  return (
    <Announce value={announce}>
      {children}
      <p aria-live="polite" className="sr-only">
        {text}
      </p>
    </Announce>
  );
}
