import org.jspecify.annotations.NullMarked;

/** The sync engine: streams, snapshots and single events of the Matrix Client-Server v1 Sync API. */
@NullMarked
module io.github.matrixsync.core {
  requires transitive io.github.matrixsync.spi;
  requires static transitive org.jspecify;
  requires com.github.benmanes.caffeine;
  requires org.slf4j;
  requires tools.jackson.core;

  exports io.github.matrixsync;
  exports io.github.matrixsync.call;
  exports io.github.matrixsync.call.room;
  exports io.github.matrixsync.domain.appservice;
  exports io.github.matrixsync.domain.event;
  exports io.github.matrixsync.domain.filter;
  exports io.github.matrixsync.domain.token;
  exports io.github.matrixsync.operation;
  exports io.github.matrixsync.rest;
  exports io.github.matrixsync.sync;
}
