package io.github.matrixsync.examples.homeserver.appservice;

import io.github.matrixsync.domain.token.StreamToken;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How far the stream of each application service has been taken by it. A host whose events outlive the process keeps
 * this beside them. Thread-safe.
 */
public interface PushPositions {
  /** Returns the position of a service, if it has one yet. */
  Optional<StreamToken> get(String service);

  void set(String service, StreamToken position);

  /** Returns positions that last as long as this server's events: as the process. */
  static PushPositions inMemory() {
    Map<String, StreamToken> positions = new ConcurrentHashMap<>();
    return new PushPositions() {
      @Override
      public Optional<StreamToken> get(String service) {
        return Optional.ofNullable(positions.get(service));
      }

      @Override
      public void set(String service, StreamToken position) {
        positions.put(service, position);
      }
    };
  }
}
