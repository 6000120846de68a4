package io.github.matrixsync.testkit.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.matrixsync.homeserver.json.JsonNode;
import io.github.matrixsync.testkit.MatrixWorld;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the server of a world says that it can do. */
class VersionsTest {
  private static JsonNode versions(MatrixWorld world) throws Exception {
    return new Http(world.server(), world.user("alice").accessToken())
        .get("versions")
        .json();
  }

  private static List<String> names(JsonNode versions) {
    return versions.path("versions").valueStream().map(JsonNode::asString).toList();
  }

  @Test
  void versions_byDefault_areTo16WithThePing() throws Exception {
    try (MatrixWorld world = MatrixWorld.create()) {
      JsonNode versions = versions(world);

      assertThat(names(versions))
          .containsSubsequence("v1.1", "v1.2", "v1.3", "v1.4", "v1.5", "v1.6")
          .doesNotContain("v1.7");
      assertThat(
              versions.path("unstable_features").path("fi.mau.msc2659.stable").asBoolean(false))
          .isTrue();
    }
  }

  @Test
  void versions_ofAnotherServer_areThoseOfTheTestAlsoAfterARestart() throws Exception {
    try (MatrixWorld world = MatrixWorld.builder()
        .versions("v1.11", "v1.12")
        .unstableFeatures("org.example.one")
        .build()) {
      world.server();
      world.restarts();
      JsonNode versions = versions(world);

      assertThat(names(versions)).containsExactly("v1.11", "v1.12");
      assertThat(versions.path("unstable_features")).hasToString("{\"org.example.one\":true}");
    }
  }

  @Test
  void versions_ofAServerThatNamesNone_areEmpty() throws Exception {
    try (MatrixWorld world = MatrixWorld.builder().versions().unstableFeatures().build()) {
      assertThat(versions(world)).hasToString("{\"versions\":[],\"unstable_features\":{}}");
    }
  }
}
