import org.jspecify.annotations.NullMarked;

/** The parts of a small homeserver around the sync core, for tests and examples. Versions promise nothing of it. */
@NullMarked
module io.github.matrixsync.homeserver {
  requires transitive io.github.matrixsync.core;
  requires static transitive org.jspecify;
  requires com.github.benmanes.caffeine;
  requires org.slf4j;
  requires tools.jackson.core;

  exports io.github.matrixsync.homeserver;
  exports io.github.matrixsync.homeserver.appservice;
  exports io.github.matrixsync.homeserver.body;
  exports io.github.matrixsync.homeserver.device;
  exports io.github.matrixsync.homeserver.endpoint;
  exports io.github.matrixsync.homeserver.http;
  exports io.github.matrixsync.homeserver.json;
  exports io.github.matrixsync.homeserver.media;
  exports io.github.matrixsync.homeserver.people;
  exports io.github.matrixsync.homeserver.push;
  exports io.github.matrixsync.homeserver.registration;
  exports io.github.matrixsync.homeserver.room;
}
