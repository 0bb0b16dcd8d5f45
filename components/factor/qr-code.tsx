import { useTranslations } from "next-intl";
import qrcode from "qrcode-generator";

/** Light around the code, in modules; scanners need four. */
const margin = 4;

/** A text as a QR code, drawn as one path where the page is made: no script, no image to load, dark on light in any theme. */
export function QrCode({ text }: { text: string }) {
  const t = useTranslations("me.factor");
  const code = qrcode(0, "M");
  code.addData(text);
  code.make();
  const count = code.getModuleCount();
  const rows = Array.from({ length: count }, (_, row) => row);
  const dark = rows.flatMap((row) =>
    rows.flatMap((column) =>
      code.isDark(row, column) ? [`M${column + margin} ${row + margin}h1v1h-1z`] : [],
    ),
  );
  const size = count + 2 * margin;
  return (
    <svg
      role="img"
      viewBox={`0 0 ${size} ${size}`}
      className="w-56 max-w-full rounded-lg"
      aria-label={t("qr")}
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={dark.join("")} fill="#000" />
    </svg>
  );
}
