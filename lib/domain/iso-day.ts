import { z } from "zod";

/** A day that is in the calendar, `2026-11-26`. The books know no year 0. */
export const isoDay = z.iso.date("required").refine((day) => !day.startsWith("0000"), "required");
