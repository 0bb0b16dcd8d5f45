import { ok } from "#lib/domain/result.ts";
export default function Page() {
  return <p>{JSON.stringify(ok(1))}</p>;
}
