import { Poll } from "./poll.tsx";

export const dynamic = "force-dynamic";

const rows = Array.from({ length: 50 }, (_, n) => ({
  no: `PO${String(n).padStart(6, "0")}`,
  amount: n * 10,
}));

/** Fifty orders rendered on the server and one polling query: no styles, no words, no forms. */
export default function Page() {
  return (
    <main>
      <h1>Orders</h1>
      <Poll />
      <table>
        <tbody>
          {rows.map(({ no, amount }) => (
            <tr key={no}>
              <td>{no}</td>
              <td>{amount}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </main>
  );
}
