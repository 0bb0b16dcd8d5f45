"use client";
import { useState } from "react";
import "./globals.css";
import { button } from "#components/ui/styles.ts";
import { isDrillPage } from "#lib/domain/drill-mark.ts";

/** Stands in for the whole frame, language included, so it says its sentence in all three. */
export default function GlobalError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  const [isDrill] = useState(() => typeof window !== "undefined" && isDrillPage(window));
  return (
    <html lang="zh-TW" data-drill={isDrill ? "" : undefined}>
      <title>{isDrill ? "練習模式 · Storedesk" : "Storedesk"}</title>
      <body className="font-sans antialiased">
        {isDrill ? (
          <p className="fixed inset-x-0 top-0 z-60 bg-drill px-4 py-2 font-bold text-drill-ink">
            練習模式：不是真的錢 · <span lang="en">Practice: no real money</span> ·{" "}
            <span lang="th">โหมดฝึก: ไม่ใช่เงินจริง</span>
          </p>
        ) : null}
        <main className="mx-auto grid min-h-dvh max-w-md content-center justify-items-start gap-3 p-4">
          <h1 className="font-bold text-2xl">系統發生問題</h1>
          <p>還不知道您的操作是否送達。請重新載入查看結果，不要退現金。</p>
          <p lang="en">We do not know if what you did arrived. Reload to see the outcome; do not pay cash.</p>
          <p lang="th">ยังไม่ทราบว่ารายการของคุณส่งถึงหรือไม่ โหลดหน้าใหม่เพื่อดูผล อย่าคืนเงินสด</p>
          {error.digest ? <p className="font-mono text-quiet">{error.digest}</p> : null}
          <button type="button" className={button.primary} onClick={reset}>
            重新載入 · Reload · โหลดใหม่
          </button>
        </main>
      </body>
    </html>
  );
}
