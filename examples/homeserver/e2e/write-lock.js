// Writes package-lock.json anew, without any address: npm leaves out where it downloads from
// (see .npmrc), this also drops where to send donations. Run it after a change of package.json.

const { execFileSync } = require("node:child_process");
const { readFileSync, writeFileSync } = require("node:fs");
const path = require("node:path");

const file = path.join(__dirname, "package-lock.json");
execFileSync("npm", ["install", "--package-lock-only"], { cwd: __dirname, stdio: "inherit" });
const lock = JSON.parse(readFileSync(file, "utf8"));
for (const entry of Object.values(lock.packages)) {
  delete entry.funding;
  delete entry.deprecated;
}
writeFileSync(file, JSON.stringify(lock, null, 2) + "\n");
