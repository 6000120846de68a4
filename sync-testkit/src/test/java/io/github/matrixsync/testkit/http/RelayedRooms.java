package io.github.matrixsync.testkit.http;

import io.github.matrixsync.testkit.MatrixWorld;
import io.github.matrixsync.testkit.TestRoom;
import io.github.matrixsync.testkit.TestService;
import io.github.matrixsync.testkit.TestUser;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;

/** Sets up two rooms, and an application service whose bridge sends Alice's messages of one room to the other. */
abstract class RelayedRooms {
  MatrixWorld world;
  int port;
  TestService service;
  TestUser alice;
  TestUser bob;
  TestRoom here;
  TestRoom there;

  @BeforeEach
  void rooms(MatrixWorld given) {
    world = given;
    port = FreePort.next();
    service = world
        .service("relay")
        .users("@relay_.*")
        .url(URI.create("http://127.0.0.1:" + port))
        .register();
    alice = world.user("alice");
    bob = world.user("bob");
    here = alice.creates("here").with(service.sender());
    there = bob.creates("there").with(service.sender());
  }

  /** Starts the bridge of the service: a right one with {@code NONE}, or a wrong one. */
  HttpRelay relay(HttpRelay.Flaw flaw) throws IOException {
    Map<String, String> pairs = Map.of(here.id().value(), there.id().value());
    HttpRelay.Setting setting = new HttpRelay.Setting(port, pairs, flaw);
    return new HttpRelay(world.server().url(), service.asToken(), service.hsToken(), setting);
  }
}
