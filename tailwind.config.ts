import type { Config } from "tailwindcss";

const token = (name: string) => `var(--${name})`;
const meaning = (name: string) => ({
  bg: token(`${name}-bg`),
  border: token(`${name}-border`),
  text: token(`${name}-text`),
});

/** The tokens: one accent, one neutral scale, five meanings. Values for light and dark stand in app/globals.css. */
export default {
  content: ["./app/**/*.tsx", "./components/**/*.tsx"],
  theme: {
    extend: {
      colors: {
        page: token("page"),
        surface: token("surface"),
        line: token("line"),
        ink: token("ink"),
        quiet: token("quiet"),
        accent: { DEFAULT: token("accent"), ink: token("accent-ink") },
        wait: meaning("wait"),
        good: meaning("good"),
        stop: meaning("stop"),
        unknown: meaning("unknown"),
        moving: meaning("moving"),
      },
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
      },
    },
  },
} satisfies Config;
