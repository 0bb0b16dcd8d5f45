import type { Metadata } from "next";
import { headers } from "next/headers";
import { getLocale, getTimeZone, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { DrillBar } from "#components/shell/drill-bar.tsx";
import { Words } from "#components/shell/words.tsx";
import { TabsBeginWith } from "#components/ui/page-name.tsx";
import { env } from "#lib/env.ts";
import "./globals.css";
import { Providers } from "./providers.tsx";

/** A drill is told from a desk in the row of tabs and on the screen of a phone too. Each page says its own name (PageName). */
export function generateMetadata(): Metadata {
  const isDrill = env().STOREDESK_DRILL;
  return {
    icons: { icon: isDrill ? "/icon-drill.svg" : "/icon.svg" },
    manifest: isDrill ? "/manifest-drill.webmanifest" : "/manifest.webmanifest",
    robots: { index: false, follow: false },
  };
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  const isDrill = env().STOREDESK_DRILL;
  const locale = await getLocale();
  return (
    <html lang={locale} data-drill={isDrill ? "" : undefined}>
      <body className="font-sans antialiased">
        <Words locale={locale} timeZone={await getTimeZone()}>
          {isDrill ? <DrillBar /> : null}
          <TabsBeginWith words={isDrill ? (await getTranslations("drill"))("name") : ""}>
            <Providers nonce={nonce}>{children}</Providers>
          </TabsBeginWith>
        </Words>
      </body>
    </html>
  );
}
