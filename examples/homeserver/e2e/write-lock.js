// Writes package-lock.json anew, without any address: npm leaves out where it downloads from
// (see .npmrc), this also drops where to send donations. Run it after a change of package.json:
//   node write-lock.js [directory, this one by default]

const { execFileSync } = require("node:child_process");
const { readFileSync, writeFileSync } = require("node:fs");
const path = require("node:path");

const directory = path.resolve(__dirname, process.argv[2] ?? ".");
const file = path.join(directory, "package-lock.json");
const install = ["install", "--package-lock-only", "--ignore-scripts"];
execFileSync("npm", install, { cwd: directory, stdio: "inherit" });
const lock = JSON.parse(readFileSync(file, "utf8"));
for (const entry of Object.values(lock.packages)) {
  delete entry.funding;
  delete entry.deprecated;
}
writeFileSync(file, JSON.stringify(lock, null, 2) + "\n");
