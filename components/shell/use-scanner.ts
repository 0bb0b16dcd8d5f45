"use client";
import { type RefObject, useEffect, useRef } from "react";
import { cleanScan } from "#lib/domain/order-no.ts";
import { fieldOf, restore } from "./kept-field.ts";
import { listenForScans } from "./scan-burst.ts";

/** The longest secret a staff page asks for (the PIN): shorter bursts into a password field are typed by a program. */
const secretLengthMax = 6;

type Handlers = {
  /** A scan outside every form: go there. */
  onScan: (orderNo: string) => void;
  /** A scan while a form was being filled in: its field is as before, ask first. */
  onScanIntoForm: (orderNo: string) => void;
  /** A scan that ran already when the page came up: its number is not whole, scan again. */
  onCut: () => void;
};

/**
 * Owns the scanner on every page. Its keys are heard before any field or button hears them; the Enter it ends with
 * never submits a form and never presses a button. `/` goes to the search box.
 */
export function useScanner(box: RefObject<HTMLInputElement | null>, handlers: Handlers): void {
  // One listener for the page's life: a new one in the middle of a burst would hear half a number.
  const latest = useRef(handlers);
  useEffect(() => {
    latest.current = handlers;
  });
  useEffect(() => {
    const { hear } = listenForScans(performance.now());
    let before = "";
    function finish(heard: { what: "scan" | "cut"; text: string }, target: ReturnType<typeof fieldOf>) {
      const field = target === box.current ? null : target;
      if (field) restore(field, before);
      const { onScan, onScanIntoForm, onCut } = latest.current;
      if (heard.what === "cut") onCut();
      else (field ? onScanIntoForm : onScan)(cleanScan(heard.text));
    }
    function onKey(event: KeyboardEvent) {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const target = fieldOf(event.target);
      const { key, code, shiftKey: hasShift, timeStamp: atMs } = event;
      const heard = hear({ key, code, hasShift, atMs });
      if (heard.what === "first") before = target?.value ?? "";
      if (!("text" in heard)) return;
      if (target?.type === "password" && heard.text.length <= secretLengthMax) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      finish(heard, target);
    }
    function onSlash(event: KeyboardEvent) {
      // By its place too: under a Thai layout the key means another letter.
      const isSlash = event.key === "/" || (event.code === "Slash" && !event.shiftKey && event.key !== "?");
      const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing;
      if (!isSlash || !isPlain || fieldOf(event.target)) return;
      event.preventDefault();
      box.current?.focus();
    }
    document.addEventListener("keydown", onKey, { capture: true });
    document.addEventListener("keydown", onSlash);
    return () => {
      document.removeEventListener("keydown", onKey, { capture: true });
      document.removeEventListener("keydown", onSlash);
    };
  }, [box]);
}
