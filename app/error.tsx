"use client";
import { TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";

export default function ErrorPage({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  const t = useTranslations("errorPages");
  return (
    <EmptyState Sign={TriangleAlert} title={t("brokenTitle")} text={t("brokenText")}>
      {error.digest ? <p className="text-quiet">{t("reference", { reference: error.digest })}</p> : null}
      <Button onClick={reset}>{t("again")}</Button>
    </EmptyState>
  );
}
