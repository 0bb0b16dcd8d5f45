"use client";

/** One word between the tabs of a browser and the parts of a page: the screen is locked, or open again. */
type Word = "locked" | "open";
const name = "storedesk-screen";

/** Says in this tab that the server holds the screen locked. */
export function sayLocked(): void {
  window.dispatchEvent(new Event(name));
}

/** Says in the other tabs of this browser what became of the screen. */
export function tellTabs(word: Word): void {
  const channel = new BroadcastChannel(name);
  channel.postMessage(word);
  channel.close();
}

/** Hears both; returns how to stop. */
export function hearScreen(onWord: (word: Word) => void): () => void {
  const onLocked = () => onWord("locked");
  const channel = new BroadcastChannel(name);
  channel.onmessage = ({ data }: MessageEvent<Word>) => onWord(data);
  window.addEventListener(name, onLocked);
  return () => {
    window.removeEventListener(name, onLocked);
    channel.close();
  };
}
