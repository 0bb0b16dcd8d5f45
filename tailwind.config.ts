import type { Config } from "tailwindcss";

const token = (name: string) => `var(--${name})`;
const meaning = (name: string) => ({
  bg: token(`${name}-bg`),
  border: token(`${name}-border`),
  text: token(`${name}-text`),
  icon: token(`${name}-icon`),
});

/**
 * The tokens: one accent, one neutral scale, five meanings, five type sizes on a 4 px grid. Values for light and dark
 * stand in app/globals.css; app/tokens.test.ts holds their contrast.
 */
export default {
  content: ["./app/**/*.tsx", "./components/**/*.{ts,tsx}"],
  theme: {
    extend: {
      colors: {
        page: token("page"),
        surface: token("surface"),
        line: token("line"),
        edge: token("edge"),
        ink: token("ink"),
        quiet: token("quiet"),
        veil: token("veil"),
        drill: { DEFAULT: token("drill"), ink: token("drill-ink") },
        accent: { DEFAULT: token("accent"), ink: token("accent-ink"), soft: token("accent-soft") },
        wait: meaning("wait"),
        good: meaning("good"),
        stop: meaning("stop"),
        unknown: meaning("unknown"),
        moving: meaning("moving"),
      },
      fontSize: {
        sm: ["0.875rem", "1.25rem"],
        base: ["1rem", "1.5rem"],
        lg: ["1.125rem", "1.75rem"],
        "2xl": ["1.5rem", "2rem"],
        "4xl": ["2.5rem", "3rem"],
      },
      boxShadow: { lift: token("lift"), high: token("lift-high") },
      screens: {
        /** From here on the places stand in a rail; tablets on their side keep the bottom bar. */
        rail: "75rem",
      },
      transitionDuration: { DEFAULT: "150ms" },
      fontFamily: {
        sans: [
          "Inter Variable",
          "Noto Sans TC",
          "PingFang TC",
          "Microsoft JhengHei",
          "Noto Sans CJK TC",
          "Noto Sans Thai",
          "Leelawadee UI",
          "system-ui",
          "sans-serif",
        ],
        mono: [
          "ui-monospace",
          "SF Mono",
          "Cascadia Mono",
          "Roboto Mono",
          "Noto Sans Mono",
          "DejaVu Sans Mono",
          "monospace",
        ],
      },
    },
  },
} satisfies Config;
