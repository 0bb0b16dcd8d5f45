import { redirect } from "next/navigation";
import { paths } from "#lib/domain/paths.ts";

export default function AdminPage() {
  redirect(paths.staff);
}
