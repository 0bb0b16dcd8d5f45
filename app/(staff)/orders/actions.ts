"use server";
import { redirect } from "next/navigation";
import { staffAction } from "#app/_server/staff-action.ts";
import { viewAfter, viewFields } from "#app/_server/view-answer.ts";
import { dropViewForm, renameViewForm, saveViewForm } from "#lib/domain/saved-view.ts";
import { appContext } from "#lib/use-cases/app-context.ts";
import { dropView, renameView } from "#lib/use-cases/saved-views/change-view.ts";
import { saveView } from "#lib/use-cases/saved-views/save-view.ts";

const save = staffAction(saveViewForm, (staff, input) => saveView(appContext(), staff, input));
const rename = staffAction(renameViewForm, (staff, input) => renameView(appContext(), staff, input));
const drop = staffAction(dropViewForm, (staff, input) => dropView(appContext(), staff, input));

/** Plain forms that lead back to the list, which says what became of them: they work without scripts, as the filter does. */
export async function saveViewAction(form: FormData): Promise<void> {
  const fields = viewFields(form);
  redirect(viewAfter(fields, "saved", await save(fields)));
}

export async function renameViewAction(form: FormData): Promise<void> {
  const fields = viewFields(form);
  redirect(viewAfter(fields, "renamed", await rename(fields)));
}

export async function dropViewAction(form: FormData): Promise<void> {
  const fields = viewFields(form);
  redirect(viewAfter(fields, "dropped", await drop(fields)));
}
