"use client";
import { createContext, type ReactNode, useContext } from "react";

const BeforeAllNames = createContext("");

/** What every tab says before the name of its page: what kind of desk this is, if no ordinary one. */
export function TabsBeginWith({ words, children }: { words: string; children: ReactNode }) {
  return <BeforeAllNames value={words}>{children}</BeforeAllNames>;
}

type Props = {
  readonly className: string;
  readonly children: ReactNode;
  /** The same in letters alone, where the heading is more than a text. */
  readonly inTab?: string | undefined;
};

/** A page's one heading; the tab says it too, from the moment it stands on the page (ADR 0032). */
export function PageName({ className, children, inTab }: Props) {
  const before = useContext(BeforeAllNames);
  const name = inTab ?? (typeof children === "string" ? children : "");
  return (
    <>
      <title>{[before, name, "Storedesk"].filter((part) => part !== "").join(" · ")}</title>
      <h1 className={className}>{children}</h1>
    </>
  );
}
