import { useTranslations } from "next-intl";

/** Recovery codes, to be written down. */
export function CodeList({ codes }: { codes: readonly string[] }) {
  const t = useTranslations("me.factor");
  return (
    <ul aria-label={t("codesLabel")} className="grid max-w-xs grid-cols-2 gap-x-6 gap-y-1 font-mono">
      {codes.map((code) => (
        <li key={code}>{code}</li>
      ))}
    </ul>
  );
}
