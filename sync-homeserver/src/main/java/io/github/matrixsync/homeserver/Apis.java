package io.github.matrixsync.homeserver;

import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.domain.event.EventForm;
import io.github.matrixsync.homeserver.appservice.NetworkLists;
import io.github.matrixsync.homeserver.appservice.PingEndpoint;
import io.github.matrixsync.homeserver.device.KeyEndpoints;
import io.github.matrixsync.homeserver.device.ToDeviceEndpoints;
import io.github.matrixsync.homeserver.endpoint.AccountDataEndpoints;
import io.github.matrixsync.homeserver.endpoint.AccountEndpoints;
import io.github.matrixsync.homeserver.endpoint.Deactivation;
import io.github.matrixsync.homeserver.endpoint.DirectoryEndpoints;
import io.github.matrixsync.homeserver.endpoint.EphemeralEndpoints;
import io.github.matrixsync.homeserver.endpoint.PeopleEndpoints;
import io.github.matrixsync.homeserver.endpoint.PublicRoomEndpoints;
import io.github.matrixsync.homeserver.endpoint.RoomEndpoints;
import io.github.matrixsync.homeserver.endpoint.ServerEndpoints;
import io.github.matrixsync.homeserver.endpoint.ServerParts;
import io.github.matrixsync.homeserver.endpoint.SessionEndpoints;
import io.github.matrixsync.homeserver.endpoint.StateEndpoints;
import io.github.matrixsync.homeserver.http.Api;
import io.github.matrixsync.homeserver.http.Router;
import io.github.matrixsync.homeserver.media.MediaEndpoints;
import io.github.matrixsync.homeserver.media.MediaStore;
import io.github.matrixsync.homeserver.push.PushRuleEndpoints;
import io.github.matrixsync.homeserver.room.RoomVersions;
import io.github.matrixsync.rest.RestEdge;
import io.github.matrixsync.store.EventStore;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The APIs that a server answers, with the routes of each. Immutable.
 *
 * @since 0.1.0
 */
public final class Apis {
  private static final String CLIENT = "/_matrix/client";

  private final ServerParts server;
  private final SyncEngine engine;
  private final EventStore events;
  private final RestEdge edge;
  private final MediaEndpoints media;
  private final NetworkLists networks;

  /**
   * Creates the APIs of a server, without any file.
   *
   * @param events the events that the engine reads
   * @param edge the answers of the engine
   */
  public Apis(ServerParts server, SyncEngine engine, EventStore events, RestEdge edge) {
    this.server = server;
    this.engine = engine;
    this.events = events;
    this.edge = edge;
    media = new MediaEndpoints(new MediaStore(server.random()), server.name(), Requests.MAX_BODY);
    networks = new NetworkLists();
  }

  private Apis(Apis before, SyncEngine engine, RestEdge edge) {
    this.server = before.server;
    this.engine = engine;
    this.events = before.events;
    this.edge = edge;
    media = before.media;
    networks = before.networks;
  }

  /** Returns the same APIs, with the same files, over another engine on the same stores. */
  public Apis with(SyncEngine engine, RestEdge edge) {
    return new Apis(this, engine, edge);
  }

  /**
   * Returns all APIs, in the order in which their prefixes are tried.
   *
   * @param url the address of the server, for clients that know its name only
   */
  public List<Api> all(Supplier<String> url) {
    return all(url, ServerEndpoints.Versions.DEFAULT);
  }

  /** As {@link #all(Supplier)}, for a server that says that it can do something else. */
  public List<Api> all(Supplier<String> url, ServerEndpoints.Versions versions) {
    List<Api> all = new ArrayList<>(
        List.of(v1(), v2(), newer("/v3", EventForm.R0), newer("/r0", EventForm.R0_WITH_USER_ID)));
    for (String version : List.of("v3", "r0", "v1")) {
      all.add(api("/_matrix/media/" + version, media::addTo));
    }
    all.add(api(CLIENT + "/v1", this::addLaterTo));
    all.add(api(CLIENT, router -> ServerEndpoints.addVersionsTo(router, versions)));
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

  /** Adds what came to the specification after {@code v3}. */
  private void addLaterTo(Router router) {
    media.addAuthenticatedTo(router);
    new PingEndpoint(server.serviceClients(), server.clock()).addTo(router);
  }

  private Api v1() {
    Api v1 = Api.syncing(Api.V1, EventForm.V1, edge);
    Router router = v1.router();
    new AccountEndpoints(server).addV1To(router);
    PushRuleEndpoints.addV1To(router);
    ServerEndpoints.addV1To(router);
    new RoomEndpoints(server, RoomVersions.OLDEST).addTo(router);
    new PublicRoomEndpoints(server, networks).addV1To(router);
    new StateEndpoints(engine, events, v1.form()).addTo(router);
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
    Api api = Api.syncing(CLIENT + version, form, edge);
    Router router = api.router();
    new AccountEndpoints(server).addTo(router);
    new SessionEndpoints(server).addTo(router);
    new PushRuleEndpoints(server.pushRules()).addTo(router);
    ServerEndpoints.addTo(router);
    new KeyEndpoints(server.keys(), server.accounts(), server.sessions(), engine).addTo(router);
    new ToDeviceEndpoints(server.devices(), server.sessions(), server.transactions()).addTo(router);
    RoomEndpoints rooms = new RoomEndpoints(server, RoomVersions.NEWEST);
    rooms.addTo(router);
    rooms.addNewerTo(router);
    new PublicRoomEndpoints(server, networks).addTo(router);
    new EphemeralEndpoints(server).addNewerTo(router);
    AccountDataEndpoints.addNewerTo(router);
    addCommonTo(router);
    new PeopleEndpoints(server).addNewerTo(router);
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
