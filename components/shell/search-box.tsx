"use client";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { button, field } from "#components/ui/styles.ts";
import { cleanScan } from "#lib/domain/order-no.ts";

/** The scanner's target on every page: `/` focuses it, and what it sends is cleaned before anybody sees it. */
export function SearchBox() {
  const t = useTranslations("search");
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      const isTyping = event.target instanceof HTMLElement && event.target.matches("input, textarea, select");
      if (event.key !== "/" || isTyping) return;
      event.preventDefault();
      input.current?.focus();
    }
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
  return (
    <search>
      <form
        action="/search"
        className="flex gap-2"
        onSubmit={() => {
          if (input.current) input.current.value = cleanScan(input.current.value);
        }}
      >
        <input
          ref={input}
          type="search"
          name="q"
          aria-label={t("label")}
          placeholder={t("label")}
          maxLength={64}
          autoComplete="off"
          className={field}
        />
        <button type="submit" className={button.primary}>
          {t("submit")}
        </button>
      </form>
    </search>
  );
}
