// A port that a program gives up for a while and then takes again. The system assigns none of these by itself, so nobody
// else is given it meanwhile.

const { randomInt } = require("node:crypto");

const FIRST_PORT = 20_000;
const PORTS = 12_000;

function anyPort() {
  return FIRST_PORT + randomInt(PORTS);
}

module.exports = { anyPort };
