import { NextResponse } from "next/server";

/** Without a file of its own the bundler finds that of the folder above. It matches nothing. */
export function proxy(): NextResponse {
  return NextResponse.next();
}

export const config = { matcher: ["/nothing-lies-here"] };
