"use client";
import { useCallback, useEffect, useEffectEvent, useState } from "react";
import { type Action, callAction } from "#components/forms/call-action.ts";
import { hearScreen, tellTabs } from "#components/ui/screen-lock.ts";

/** What a person at the screen does. */
const signs = ["keydown", "pointerdown"] as const;

/** Whether the screen is locked: by the button, by nobody being there, by the server's word, or in another tab. */
export function useScreenLock(lockMs: number, lock: Action) {
  const [isLocked, setIsLocked] = useState(false);
  // Locked once, its cover stays, so that it can give the focus back as it goes.
  const [wasLocked, setWasLocked] = useState(false);
  if (isLocked && !wasLocked) setWasLocked(true);
  const lockNow = useCallback(() => {
    // The cover comes at once; should the word not reach the server, its own clock locks the session.
    setIsLocked(true);
    tellTabs("locked");
    void callAction(lock, {});
  }, [lock]);
  const open = useCallback(() => {
    setIsLocked(false);
    tellTabs("open");
  }, []);
  const leave = useEffectEvent(lockNow);
  useEffect(() => hearScreen((word) => setIsLocked(word === "locked")), []);
  useEffect(() => {
    if (isLocked) return;
    let timer = setTimeout(() => leave(), lockMs);
    const onSign = () => {
      clearTimeout(timer);
      timer = setTimeout(() => leave(), lockMs);
    };
    for (const sign of signs) document.addEventListener(sign, onSign, { passive: true });
    return () => {
      clearTimeout(timer);
      for (const sign of signs) document.removeEventListener(sign, onSign);
    };
  }, [isLocked, lockMs]);
  return { isLocked, wasLocked, lockNow, open };
}
