"use client";
import { GraduationCap } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { Banner } from "#components/ui/banner.tsx";
import { OrderNo } from "#components/ui/order-no.tsx";
import { button } from "#components/ui/styles.ts";
import { paths } from "#lib/domain/paths.ts";
import { practiceOf } from "#lib/domain/practice.ts";

/** The order that was just made and what to try with it; it comes into sight wherever the button stood. */
export function JustMade({ orderNo }: { orderNo: string }) {
  const t = useTranslations("drill");
  const practice = practiceOf(orderNo) ?? "paid";
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (orderNo) place.current?.scrollIntoView({ block: "center" });
  }, [orderNo]);
  return (
    <div ref={place}>
      <Banner meaning="moving" Sign={GraduationCap}>
        <div className="grid min-w-0 flex-1 basis-64 gap-1">
          <p className="font-semibold text-lg">
            <OrderNo orderNo={orderNo} />
          </p>
          <p>{t(`case.${practice}.try`)}</p>
        </div>
        <Link href={paths.search(orderNo)} prefetch={false} className={button.primary}>
          {t("lookUp")}
        </Link>
      </Banner>
    </div>
  );
}
