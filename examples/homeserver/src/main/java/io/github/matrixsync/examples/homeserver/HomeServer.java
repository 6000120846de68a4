package io.github.matrixsync.examples.homeserver;

import io.github.matrixsync.LeftRooms;
import io.github.matrixsync.SyncEngine;
import io.github.matrixsync.rest.RestEdge;
import io.github.matrixsync.rest.RestSettings;
import io.github.matrixsync.store.memory.MemoryEventStore;
import io.github.matrixsync.store.memory.MemoryPresenceStore;
import io.github.matrixsync.store.memory.MemoryReceiptStore;
import io.github.matrixsync.store.memory.MemoryRoomDirectory;
import io.github.matrixsync.store.memory.MemoryTypingStore;
import io.github.matrixsync.store.memory.MemoryUserSettings;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.util.concurrent.TimeUnit;

/** The parts of the server, put together. Thread-safe. */
final class HomeServer implements AutoCloseable {
  final MemoryEventStore events;
  final MemoryTypingStore typing;
  final MemoryReceiptStore receipts;
  final MemoryRoomDirectory directory = MemoryRoomDirectory.create();
  final MemoryUserSettings settings = MemoryUserSettings.create();
  final Accounts accounts;
  final Rooms rooms;
  final Presences presences;
  final SyncEngine engine;
  private final Vertx vertx = Vertx.vertx();
  private final RestEdge edge;

  /** Makes the parts; positions begin at the clock, so that tokens of an earlier run are expired instead of misread. */
  HomeServer(String serverName, LeftRooms leftRooms) {
    long first = System.currentTimeMillis();
    events = MemoryEventStore.builder().firstPosition(first).build();
    typing = MemoryTypingStore.startingAt(first);
    receipts = MemoryReceiptStore.startingAt(first);
    MemoryPresenceStore presence = MemoryPresenceStore.startingAt(first);
    accounts = new Accounts(serverName);
    rooms = new Rooms(events, serverName);
    presences = new Presences(
        presence, task -> vertx.setTimer(Presences.SILENCE.toMillis(), id -> task.run()));
    engine = SyncEngine.builder(events)
        .presence(presence)
        .typing(typing)
        .receipts(receipts)
        .directory(directory)
        .settings(settings)
        .observer(presences)
        .build();
    edge = RestEdge.of(engine, RestSettings.DEFAULT.withLeftRooms(leftRooms));
  }

  /** Listens, and returns the port. */
  int listen(String host, int port) throws Exception {
    Router router = new Router();
    new Endpoints(this).addTo(router);
    HttpServer server =
        vertx.createHttpServer().requestHandler(new Requests(this, edge, router, vertx));
    return server
        .listen(port, host)
        .toCompletionStage()
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS)
        .actualPort();
  }

  @Override
  public void close() {
    engine.close();
    vertx
        .close()
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(10, TimeUnit.SECONDS)
        .join();
    events.close();
  }
}
