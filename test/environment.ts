/** The environment every test runs in; keys made up for tests. */
export const testEnvironment = {
  DATABASE_URL: "postgres://nobody@127.0.0.1:1/nothing",
  STOREDESK_MASTER_KEY: Buffer.alloc(32, 7).toString("base64"),
  STOREDESK_URL: "http://localhost:3000",
  NEXTAUTH_SECRET: "a-secret-for-tests-only-0123456789abcdef",
};
