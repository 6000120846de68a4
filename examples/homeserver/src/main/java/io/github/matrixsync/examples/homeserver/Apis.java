package io.github.matrixsync.examples.homeserver;

import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.examples.homeserver.device.KeyEndpoints;
import io.github.matrixsync.examples.homeserver.device.ToDeviceEndpoints;
import io.github.matrixsync.examples.homeserver.endpoint.AccountDataEndpoints;
import io.github.matrixsync.examples.homeserver.endpoint.AccountEndpoints;
import io.github.matrixsync.examples.homeserver.endpoint.Deactivation;
import io.github.matrixsync.examples.homeserver.endpoint.DirectoryEndpoints;
import io.github.matrixsync.examples.homeserver.endpoint.EphemeralEndpoints;
import io.github.matrixsync.examples.homeserver.endpoint.PeopleEndpoints;
import io.github.matrixsync.examples.homeserver.endpoint.PublicRoomEndpoints;
import io.github.matrixsync.examples.homeserver.endpoint.RoomEndpoints;
import io.github.matrixsync.examples.homeserver.endpoint.ServerEndpoints;
import io.github.matrixsync.examples.homeserver.endpoint.SessionEndpoints;
import io.github.matrixsync.examples.homeserver.endpoint.StateEndpoints;
import io.github.matrixsync.examples.homeserver.http.Api;
import io.github.matrixsync.examples.homeserver.http.Router;
import io.github.matrixsync.examples.homeserver.media.MediaEndpoints;
import io.github.matrixsync.examples.homeserver.media.MediaStore;
import io.github.matrixsync.examples.homeserver.push.PushRuleEndpoints;
import io.github.matrixsync.examples.homeserver.room.RoomVersions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The APIs that the server answers, with the routes of each. */
final class Apis {
  private static final String CLIENT = "/_matrix/client";

  private final HomeServer server;
  private final MediaEndpoints media;

  Apis(HomeServer server) {
    this.server = server;
    media = new MediaEndpoints(new MediaStore(), server.name, Requests.MAX_BODY);
  }

  /**
   * Returns all APIs, in the order in which their prefixes are tried.
   *
   * @param url the address of the server, for clients that know its name only
   */
  List<Api> all(Supplier<String> url) {
    List<Api> all = new ArrayList<>(
        List.of(v1(), v2(), newer("/v3", EventForm.R0), newer("/r0", EventForm.R0_WITH_USER_ID)));
    for (String version : List.of("v3", "r0", "v1")) {
      all.add(api("/_matrix/media/" + version, media::addTo));
    }
    all.add(api(CLIENT + "/v1", media::addAuthenticatedTo));
    all.add(api(CLIENT, ServerEndpoints::addVersionsTo));
    all.add(api("/.well-known/matrix", router -> ServerEndpoints.addWellKnownTo(router, url)));
    return all;
  }

  private interface Part {
    void addTo(Router router);
  }

  private static Api api(String prefix, Part part) {
    Api api = Api.of(prefix);
    part.addTo(api.router());
    return api;
  }

  private Api v1() {
    Api v1 = Api.syncing(Api.V1, EventForm.V1, server.edge);
    Router router = v1.router();
    new AccountEndpoints(server).addV1To(router);
    PushRuleEndpoints.addV1To(router);
    ServerEndpoints.addV1To(router);
    new RoomEndpoints(server, RoomVersions.OLDEST).addTo(router);
    new PublicRoomEndpoints(server).addV1To(router);
    new StateEndpoints(server.engine, server.stores.events(), v1.form()).addTo(router);
    addCommonTo(router);
    addAccountDataTo(router);
    return v1;
  }

  /** Returns the API that had a few calls first, which clients of v1 used beside theirs. */
  private Api v2() {
    Api v2 = Api.of(CLIENT + "/v2_alpha");
    new AccountEndpoints(server).addStagesTo(v2.router());
    new EphemeralEndpoints(server).addReceiptsTo(v2.router());
    addAccountDataTo(v2.router());
    return v2;
  }

  private Api newer(String version, EventForm form) {
    Api api = Api.syncing(CLIENT + version, form, server.edge);
    Router router = api.router();
    new AccountEndpoints(server).addTo(router);
    new SessionEndpoints(server).addTo(router);
    new PushRuleEndpoints(server.pushRules).addTo(router);
    ServerEndpoints.addTo(router);
    new KeyEndpoints(server, server.engine).addTo(router);
    new ToDeviceEndpoints(server).addTo(router);
    RoomEndpoints rooms = new RoomEndpoints(server, RoomVersions.NEWEST);
    rooms.addTo(router);
    rooms.addNewerTo(router);
    new PublicRoomEndpoints(server).addTo(router);
    new EphemeralEndpoints(server).addNewerTo(router);
    AccountDataEndpoints.addNewerTo(router);
    addCommonTo(router);
    addAccountDataTo(router);
    return api;
  }

  private void addCommonTo(Router router) {
    new PeopleEndpoints(server).addTo(router);
    new DirectoryEndpoints(server).addTo(router);
    new EphemeralEndpoints(server).addTo(router);
  }

  private void addAccountDataTo(Router router) {
    new AccountDataEndpoints(server).addTo(router);
    new Deactivation(server).addTo(router);
  }
}
