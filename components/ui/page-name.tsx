"use client";
import { createContext, type ReactNode, useContext } from "react";
import { pageTitle } from "./styles.ts";

const BeforeAllNames = createContext("");

/** What every tab says before the name of its page: what kind of desk this is, if no ordinary one. */
export function TabsBeginWith({ words, children }: { words: string; children: ReactNode }) {
  return <BeforeAllNames value={words}>{children}</BeforeAllNames>;
}

/**
 * A page's one heading; the tab says it too, from the moment it stands on the page (ADR 0032). `drawn`: the heading where it is more
 * than the letters of its name.
 */
export function PageName({ name, drawn = name }: { name: string; drawn?: ReactNode }) {
  const before = useContext(BeforeAllNames);
  return (
    <>
      <title>{`${before ? `${before} · ` : ""}${name} · Storedesk`}</title>
      <h1 className={pageTitle}>{drawn}</h1>
    </>
  );
}
