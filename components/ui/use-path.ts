"use client";

import { usePathname } from "next/navigation";

/** The path of the page that is open. Next's types allow for a page of the pages router without one; there is none here. */
export const usePath = (): string => usePathname() ?? "";
