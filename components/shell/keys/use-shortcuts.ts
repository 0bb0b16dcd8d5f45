"use client";
import { useEffect, useRef } from "react";
import { calmMs, listenForShortcuts, type Shortcut } from "./shortcut-keys.ts";

/** Whether the keys belong to something else now: a field, or a dialog that is open. */
function isTaken(target: EventTarget | null): boolean {
  const isTyping =
    target instanceof HTMLElement &&
    (target.isContentEditable || target.closest("input, textarea, select") !== null);
  return isTyping || document.querySelector('[role="dialog"], [role="alertdialog"]') !== null;
}

/** Hears the page's shortcuts; silent while somebody types, while a dialog is open, and during a scan. */
export function useShortcuts(onShortcut: (shortcut: Shortcut) => void): void {
  const latest = useRef(onShortcut);
  useEffect(() => {
    latest.current = onShortcut;
  });
  useEffect(() => {
    const { hear } = listenForShortcuts();
    let timer: ReturnType<typeof setTimeout> | undefined;
    function onKey(event: KeyboardEvent) {
      clearTimeout(timer);
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing) return;
      const { key, code, shiftKey: hasShift, timeStamp: atMs } = event;
      const shortcut = hear({ key, code, hasShift, atMs });
      if (shortcut === null || event.defaultPrevented || isTaken(event.target)) return;
      timer = setTimeout(() => latest.current(shortcut), calmMs);
    }
    document.addEventListener("keydown", onKey);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("keydown", onKey);
    };
  }, []);
}
