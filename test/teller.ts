/** A member of staff over plain HTTP: what a browser sends, without a browser. */
export type Teller = {
  /** The session cookie as it is sent. */
  readonly cookie: string;
  /** Asks any address as this person, at any instance that shares the books. */
  get(address: string): Promise<Response>;
};

/** How long an answer may take, in ms. */
export const patienceMs = 20_000;

function cookiesOf(answer: Response): string[] {
  return answer.headers.getSetCookie().map((line) => line.slice(0, line.indexOf(";")));
}

/** Signs in; throws when the desk says no. */
export async function comeIn(origin: string, username: string, password = "storedesk-demo"): Promise<Teller> {
  const asked = await fetch(`${origin}/api/auth/csrf`);
  const { csrfToken } = await asked.json();
  const answer = await fetch(`${origin}/api/auth/callback/credentials`, {
    method: "POST",
    headers: { cookie: cookiesOf(asked).join("; ") },
    body: new URLSearchParams({ csrfToken, username, password }),
    redirect: "manual",
  });
  const cookie = cookiesOf(answer).find((line) => /^(__Host-)?storedesk(-drill)?(-\d+)?=./.test(line));
  if (!cookie) throw new Error(`${username} was not let in (${answer.status})`);
  return {
    cookie,
    get: (address) =>
      fetch(address, { headers: { cookie }, redirect: "manual", signal: AbortSignal.timeout(patienceMs) }),
  };
}
