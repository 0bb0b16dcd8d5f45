import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { Button } from "./button.tsx";
import { ConfirmDialog } from "./confirm-dialog.tsx";

test("what needs the page's scripts cannot be pressed before they are at work, so that no press is lost", () => {
  expect(renderToStaticMarkup(<Button onClick={() => undefined}>Reject</Button>)).toContain('disabled=""');
});

test("the button that opens a question waits for the scripts, too", () => {
  const words = { trigger: "Cancel the order", title: "Sure?", keep: "Keep it", confirm: "Cancel it" };
  const doing = { isOpen: false, isBusy: false, onOpenChange: () => undefined, onConfirm: () => undefined };
  const dialog = (
    <ConfirmDialog {...words} {...doing}>
      NT$1,200
    </ConfirmDialog>
  );
  expect(renderToStaticMarkup(dialog)).toContain('disabled=""');
});

test("what sends a form can be pressed without scripts", () => {
  expect(renderToStaticMarkup(<Button type="submit">Sign in</Button>)).not.toContain('disabled=""');
});
