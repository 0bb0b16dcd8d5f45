import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireStaff } from "#app/_server/session.ts";
import { LiveStatus } from "#components/gateways/live-status.tsx";
import { appContext } from "#lib/use-cases/app-context.ts";
import { viewStatus } from "#lib/use-cases/watch-desk/view-status.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("status");
  return { title: t("title") };
}

export default async function StatusPage() {
  const staff = await requireStaff();
  return <LiveStatus initial={await viewStatus(appContext(), staff)} />;
}
