// The bridge writes its registration, the homeserver is started with it, and the two meet.

async function play(scene) {
  const { report, network, homeserver } = scene;
  await report.expect("the bridge writes its registration", () => network.register());
  await report.expect("the homeserver starts with it", async () => {
    scene.server = await homeserver.start("--appservice", network.registration);
  });
  await report.expect("the bridge knows its homeserver, and listens", () => network.launch(scene.server));
}

module.exports = { play, essential: true };
