import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { askBooks, closeDesk, type Desk, findPlace, launch, openDesk, type Place } from "../app.ts";
import { comeIn } from "../teller.ts";
import { type Answer, actionsOfTheBuild, ask, callAction, pagesOfTheBuild } from "../threats/door/caller.ts";

/** A drill as `npm run drill` opens it (docs/adr/0028). */
let place: Place;
let desk: Desk;
beforeAll(async () => {
  place = await findPlace({ STOREDESK_DRILL: "1" });
  desk = await openDesk(place);
});
afterAll(() => closeDesk(place, desk));

const words = "Practice: no real money";
const english = { "accept-language": "en" };
const get = (path: string, cookie = "") => ask(`${place.origin}${path}`, { ...english, cookie });
const ownControl = async (path: string) => (await fetch(`${place.control}/${path}`)).json();

/**
 * What of the frame a page lacks. A page that is not there comes without its words and is drawn in the browser (Next answers it with
 * an `__next_error__`): then the frame stands in what it is drawn from.
 */
function lacksOf({ text }: Answer): string[] {
  const isDrawnThere = text.includes('<html id="__next_error__"');
  const wanted = {
    "the mark": isDrawnThere
      ? '\\"html\\",null,{\\"lang\\":\\"en\\",\\"data-drill\\":\\"\\"'
      : '<html lang="en" data-drill="">',
    "the bar": isDrawnThere
      ? `\\"strong\\",null,{\\"className\\":\\"font-bold\\",\\"children\\":\\"${words}`
      : `>${words}</strong>`,
    "the title": isDrawnThere ? '{\\"words\\":\\"Practice\\"' : "<title>Practice · ",
    "the icon": 'rel="icon" href="/icon-drill.svg"',
  };
  return Object.entries(wanted).flatMap(([what, part]) => (text.includes(part) ? [] : [what]));
}

/** Calls one of the drill's actions as its page would. */
async function act(name: string, cookie: string, input: object): Promise<string> {
  const action = actionsOfTheBuild().find((one) => one.name.endsWith(`/drill/actions.ts ${name}`));
  if (!action) throw new Error(`the build has no ${name}`);
  const body = JSON.stringify([input]);
  return (await callAction(place.origin, { ...action, body }, { cookie, origin: place.origin })).text;
}

describe("the frame", () => {
  test("T22: every page of a drill says that it is one, signed in or not, found or not", async () => {
    const manager = await comeIn(place.origin, "manager");
    const owner = await comeIn(place.origin, "owner");
    const got: string[] = [];
    const look = async (path: string, cookie?: string) => {
      const lacks = lacksOf(await get(path, cookie));
      if (lacks.length > 0) got.push(`${path}: ${lacks}`);
    };
    for (const path of ["/signin", "/signin?why=refused", "/no-such-page"]) await look(path);
    // Whoever has no business under Admin is told that there is nothing, on a page with the same frame.
    for (const path of [...pagesOfTheBuild(), "/admin", "/orders/xinyi/NONE", "/no-such-page"])
      await look(path, manager.cookie);
    for (const path of pagesOfTheBuild().filter((page) => page.startsWith("/admin")))
      await look(path, owner.cookie);
    expect(got).toEqual([]);
  });

  test("T22: a file says it in its name and below its last line, and the session has a name of its own", async () => {
    const { cookie } = await comeIn(place.origin, "manager");
    expect(cookie).toMatch(/^storedesk-drill-\d+=/);
    const { text, head } = await get("/api/exports/audit", cookie);
    expect(head.get("content-disposition")).toMatch(/filename="DRILL-audit-[\d-]+\.csv"/);
    expect(text.trimEnd().split("\r\n").at(-1)).toMatch(new RegExp(`^"${words}"(,"")+$`));
  });
});

describe("practising", () => {
  test("somebody asks for a refund to be lost on its way, gets a number, and finds the order by it", async () => {
    const { cookie } = await comeIn(place.origin, "cashier");
    const said = await act("practiseAction", cookie, { account: "xinyi", practice: "lostAnswer" });
    const [orderNo = ""] = /TRYL\d{6}/.exec(said) ?? [];
    expect(said).toContain('"ok":true');
    expect((await get("/drill", cookie)).text).toContain(orderNo);
    const found = await get(`/search?q=${orderNo}`, cookie);
    expect(found.text + (found.head.get("location") ?? "")).toContain(`/orders/xinyi/${orderNo}`);
    expect(await ownControl("faults")).toMatchObject([{ kind: "lost-after-effect", storeOrderNo: orderNo }]);
    expect(await act("practiseAction", cookie, { account: "siam", practice: "paid" })).toContain("notFound");
  });

  test("begun anew by a manager the books and the simulators are as on the first day, and everybody signs in again", async () => {
    const [cashier, manager] = [await comeIn(place.origin, "cashier"), await comeIn(place.origin, "manager")];
    expect(await act("beginAnewAction", cashier.cookie, {})).toContain("notAllowed");
    expect(await act("beginAnewAction", manager.cookie, {})).toContain('"ok":true');
    const statusOf = () =>
      get("/api/status", manager.cookie).then(
        ({ status }) => status,
        () => 0,
      );
    await expect.poll(statusOf, { timeout: 60_000, interval: 200 }).toBe(401);
    await comeIn(place.origin, "manager");
    const lines = await askBooks<{ line: string }>(
      place,
      `select e.action || ' ' || e.outcome || ' ' || p.username as line from audit_event e join staff p on p.id = e.staff_id order by seq`,
    );
    expect(lines.map(({ line }) => line)).toEqual(["begin-anew done manager", "sign-in done manager"]);
    const orders: { storeOrderNo: string }[] = await ownControl("orders");
    expect(orders.map(({ storeOrderNo }) => storeOrderNo)).toContain("PO180101001");
    expect(orders.filter(({ storeOrderNo }) => storeOrderNo.startsWith("TRY"))).toEqual([]);
    expect(await ownControl("faults")).toEqual([]);
  });
});

test("T22: without STOREDESK_DRILL nothing starts on a drill's books, and the console says why", async () => {
  process.kill(desk.pid, "SIGTERM");
  expect(await desk.ended).toBe(0);
  const other = launch(place, { STOREDESK_DRILL: "0" });
  expect(await other.ended).toBe(1);
  expect(other.said()).toContain("These books are those of a drill");
  expect(other.said()).not.toContain("Storedesk ready on");
});
