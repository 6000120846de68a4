package io.github.matrixsync.homeserver.endpoint;

import io.github.matrixsync.homeserver.body.Answer;
import io.github.matrixsync.homeserver.body.Json;
import io.github.matrixsync.homeserver.http.Call;
import io.github.matrixsync.homeserver.http.Router;
import io.github.matrixsync.homeserver.json.ArrayNode;
import io.github.matrixsync.homeserver.json.ObjectNode;
import io.github.matrixsync.homeserver.room.RoomVersions;
import java.util.List;
import java.util.function.Supplier;

/**
 * What the server can do, and the answers of what it cannot do that clients need before they sync.
 *
 * @since 0.1.0
 */
public final class ServerEndpoints {
  /**
   * What a server says that it can do, at {@code /versions}.
   *
   * @param versions of the specification
   * @param features the names of unstable features
   * @since 0.1.0
   */
  public record Versions(List<String> versions, List<String> features) {
    /**
     * The versions of the specification whose calls for rooms, messages, sync and devices are here, and what of later
     * versions is here as well, under the names that it had before. From v1.7 on a server takes uploads in two steps,
     * which this one does not.
     */
    public static final Versions DEFAULT = new Versions(
        List.of("r0.6.1", "v1.1", "v1.2", "v1.3", "v1.4", "v1.5", "v1.6"),
        List.of("org.matrix.msc3916.stable", "org.matrix.msc4222", "fi.mau.msc2659.stable"));

    public Versions {
      versions = List.copyOf(versions);
      features = List.copyOf(features);
    }
  }

  private ServerEndpoints() {}

  /** Adds what is asked without a version of the API. */
  public static void addVersionsTo(Router router, Versions said) {
    router.add("GET", "versions", call -> versions(said));
  }

  /** Adds where clients find the server. */
  public static void addWellKnownTo(Router router, Supplier<String> url) {
    router.add("GET", "client", call -> {
      ObjectNode answer = Json.object();
      answer.putObject("m.homeserver").put("base_url", url.get());
      return Answer.of(answer);
    });
  }

  /** Adds what clients of v1 ask for. */
  public static void addV1To(Router router) {
    router.add("GET", "voip/turnServer", ServerEndpoints::nothing);
  }

  public static void addTo(Router router) {
    router.add("GET", "capabilities", ServerEndpoints::capabilities);
    addV1To(router);
    router.add("GET", "thirdparty/protocols", ServerEndpoints::nothing);
  }

  private static Answer versions(Versions said) {
    ObjectNode answer = Json.object();
    ArrayNode versions = answer.putArray("versions");
    said.versions().forEach(versions::add);
    ObjectNode features = answer.putObject("unstable_features");
    said.features().forEach(feature -> features.put(feature, true));
    return Answer.of(answer);
  }

  private static Answer capabilities(Call call) {
    call.requireUser();
    ObjectNode all = Json.object();
    for (String name : List.of("m.change_password", "m.3pid_changes", "m.get_login_token")) {
      all.putObject(name).put("enabled", false);
    }
    ObjectNode versions = all.putObject("m.room_versions");
    versions.put("default", RoomVersions.NEWEST.value());
    ObjectNode available = versions.putObject("available");
    RoomVersions.ALL.forEach(version -> available.put(version.value(), "stable"));
    return Answer.of(Json.object().set("capabilities", all));
  }

  private static Answer nothing(Call call) {
    call.requireUser();
    return Answer.EMPTY;
  }
}
