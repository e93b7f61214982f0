/** Where everything is: `make e2e` starts it and says so in the environment. */
function required(name: string): string {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} is not set: run these with \`make e2e\` or \`make shots\`.`);
  }
  return value;
}

export const BASE_URL = required("BASE_URL");
export const SANDBOX_URL = required("SANDBOX_URL");
export const DATABASE_URL = required("DATABASE_URL");

const root = process.getuid?.() === 0;

/** The browser of this machine. It finds nobody but this machine, whatever a page asks for. */
export const CHROMIUM = {
  executablePath: required("CHROMIUM_PATH"),
  args: [
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    ...(root ? ["--no-sandbox"] : []),
  ],
};
