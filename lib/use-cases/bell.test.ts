import { expect, test } from "vitest";
import { aboutNow, logAbout } from "#lib/log.ts";
import { makeBell } from "./bell.ts";

test("who hears the bell goes on with what they were about themselves, not with the request of whoever rang", () => {
  const bell = makeBell();
  const heard: unknown[] = [];
  const unhear = logAbout({ account: "xinyi" }, () => bell.onRing(() => void heard.push(aboutNow())));
  logAbout({ request: "somebody-pressed" }, () => bell.ring());
  unhear();
  bell.ring();
  expect(heard).toEqual([{ account: "xinyi" }]);
});
